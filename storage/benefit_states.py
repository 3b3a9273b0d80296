"""The words of benefits and policy cards."""

from __future__ import annotations

from enum import StrEnum


class BenefitStatus(StrEnum):
    """The way of an application for a benefit; `proposed` waits for a second officer."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    PAID = "paid"
    WITHDRAWN = "withdrawn"


class ReviewStatus(StrEnum):
    """What somebody of the bureau says of a policy card; the values are what people read."""

    VALID = "有效"
    HISTORIC = "历史"
    UNREVIEWED = "待核"

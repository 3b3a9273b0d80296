"""The words of benefits."""

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

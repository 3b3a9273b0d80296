"""Applications for benefits, and what others paid."""

from __future__ import annotations

from storage.models.benefits import BenefitApplication
from storage.repositories.base import Repository


class BenefitApplications(Repository[BenefitApplication]):
    """Applications for benefits, and what others paid."""

    kind = BenefitApplication

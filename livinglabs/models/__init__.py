"""Living labs: places where products and services are tried in real life, and what they offer to those who ask."""

from livinglabs.models.labs import (
    CONDITION_LIMIT,
    TEXT_LIMIT,
    Element,
    Equipment,
    Infrastructure,
    LabPartner,
    LabSite,
    LabText,
    LivingLab,
    TeamMember,
)
from livinglabs.models.offers import LONGEST_DAYS, MOST_PEOPLE, MOST_UNITS, Offer, OfferText

__all__ = [
    "CONDITION_LIMIT", "LONGEST_DAYS", "MOST_PEOPLE", "MOST_UNITS", "TEXT_LIMIT", "Element", "Equipment", "Infrastructure", "LabPartner",
    "LabSite", "LabText", "LivingLab", "Offer", "OfferText", "TeamMember",
]  # fmt: skip

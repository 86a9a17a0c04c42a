"""What can be done with labs and offers. Doors check permission; these check the state and write in one transaction.

The order is the same in every verb: lock the row, check the state, write, record who did it, tell.
"""

from livinglabs.actions.locking import lock_offers, locked_lab, locked_offer
from livinglabs.actions.offers import (
    OFFER_STEPS,
    archive_offer,
    create_offer,
    hide_offer,
    publish_offer,
    reopen_offer,
    update_offer,
)
from livinglabs.actions.partners import confirm_partner, decline_partner
from livinglabs.actions.states import STEPS, Step, archive, hide, publish, reopen, return_, submit, withdraw
from livinglabs.actions.writing import create_lab, start_lab, update_lab

__all__ = [
    "OFFER_STEPS", "STEPS", "Step", "archive", "archive_offer", "confirm_partner", "create_lab", "create_offer", "decline_partner", "hide",
    "hide_offer", "lock_offers", "locked_lab", "locked_offer", "publish", "publish_offer", "reopen", "reopen_offer", "return_",
    "start_lab", "submit", "update_lab", "update_offer", "withdraw",
]  # fmt: skip

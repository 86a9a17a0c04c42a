"""What can be done with an organisation and its members. Doors check permission; these check the state, in one transaction."""

from organisations.actions.domains import add_domain, answer_domain_request, ask_for_domain, remove_domain
from organisations.actions.invitations import (
    accept_invitation,
    decline_invitation,
    hash_of,
    holds_address,
    invite,
    resend,
    withdraw_invitation,
)
from organisations.actions.membership import add_member, change_role, choose_main, hand_over, join_by_domain, leave, remove_member
from organisations.actions.merging import merge
from organisations.actions.organisation import create_organisation, logos, remove_logo, set_logo, update_organisation, verify
from organisations.actions.proposals import decline_proposal, propose, propose_again
from organisations.actions.requests import accept_request, ask_to_join, decline_request, withdraw_request

__all__ = [
    "accept_invitation", "accept_request", "add_domain", "add_member", "answer_domain_request", "ask_for_domain", "ask_to_join",
    "change_role", "choose_main", "create_organisation", "decline_invitation", "decline_proposal", "decline_request", "hand_over",
    "hash_of", "holds_address", "invite", "join_by_domain", "leave", "logos", "merge", "propose", "propose_again",
    "remove_domain", "remove_logo", "remove_member", "resend", "set_logo", "update_organisation", "verify", "withdraw_invitation",
    "withdraw_request",
]  # fmt: skip

"""What can be done with working groups. Doors check permission; these check the state, in one transaction."""

from workinggroups.actions.announcing import announce
from workinggroups.actions.folders import edit_folder, make_folder, remove_folder
from workinggroups.actions.founding import found, update_group
from workinggroups.actions.invitations import (
    accept_invitation,
    decline_invitation,
    invite,
    resend,
    withdraw_invitation,
)
from workinggroups.actions.joining import fill_places, join, leave, leave_waiting_list
from workinggroups.actions.locking import touch
from workinggroups.actions.members import change_news, change_role, hand_over, remove_member
from workinggroups.actions.requests import accept_request, ask_to_join, decline_request, withdraw_request
from workinggroups.actions.resources import (
    add_file,
    add_link,
    add_version,
    clear_removed,
    edit_resource,
    move_resource,
    remove_resource,
    restore_resource,
)
from workinggroups.actions.seats import give_seat, take_seat
from workinggroups.actions.states import close, hide, publish, reopen
from workinggroups.actions.succession import forget_member, hand_on

__all__ = [
    "accept_invitation", "accept_request", "add_file", "add_link", "add_version", "announce", "ask_to_join", "change_news",
    "change_role", "clear_removed", "close", "decline_invitation", "decline_request", "edit_folder", "edit_resource", "fill_places",
    "forget_member", "found", "give_seat", "hand_on", "hand_over", "hide", "invite", "join", "leave", "leave_waiting_list",
    "make_folder", "move_resource", "publish", "remove_folder", "remove_member", "remove_resource", "reopen", "resend",
    "restore_resource", "take_seat", "touch", "update_group", "withdraw_invitation", "withdraw_request",
]  # fmt: skip

"""The audit trail as people read it: who did what when, in the words of the reader's language."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from records.models import AuditEntry

ON_A_PAGE = 50
#: What each verb is called once it is done; one without a word is shown as it is written.
WORDS = {
    "create": pgettext_lazy("history", "Created"),
    "update": pgettext_lazy("history", "Changed"),
    "submit": pgettext_lazy("history", "Submitted"),
    "return": pgettext_lazy("history", "Returned"),
    "publish": pgettext_lazy("history", "Published"),
    "withdraw": pgettext_lazy("history", "Withdrawn"),
    "archive": pgettext_lazy("history", "Archived"),
    "hide": pgettext_lazy("history", "Hidden"),
    "reopen": pgettext_lazy("history", "Reopened as draft"),
    "attach": pgettext_lazy("history", "File added"),
    "detach": pgettext_lazy("history", "File removed"),
    "describe_file": pgettext_lazy("history", "File described"),
    "move_file": pgettext_lazy("history", "File moved"),
    "restore": pgettext_lazy("history", "Earlier version restored"),
    "confirm_partner": pgettext_lazy("history", "Partner confirmed"),
    "decline_partner": pgettext_lazy("history", "Partner declined"),
    "ask": pgettext_lazy("history", "Asked"),
    "confirm": pgettext_lazy("history", "Confirmed by mail"),
    "take_back": pgettext_lazy("history", "Taken back"),
    "make_project": pgettext_lazy("history", "Made into a project"),
    "test_again": pgettext_lazy("history", "Asked for again elsewhere"),
    "approve": pgettext_lazy("history", "Approved"),
    "refuse": pgettext_lazy("history", "Refused"),
    "answer": pgettext_lazy("history", "Answered"),
    "mend_answer": pgettext_lazy("history", "Answer changed"),
    "verify": pgettext_lazy("history", "Verified"),
    "add_member": pgettext_lazy("history", "Member added or role changed"),
    "change_role": pgettext_lazy("history", "Role changed"),
    "remove_member": pgettext_lazy("history", "Member removed"),
    "leave": pgettext_lazy("history", "Member left"),
    "hand_over": pgettext_lazy("history", "Handed over"),
    "ask_to_join": pgettext_lazy("history", "Asked to join"),
    "accept_request": pgettext_lazy("history", "Request accepted"),
    "decline_request": pgettext_lazy("history", "Request declined"),
    "withdraw_request": pgettext_lazy("history", "Request withdrawn"),
    "invite": pgettext_lazy("history", "Invited"),
    "accept_invitation": pgettext_lazy("history", "Invitation accepted"),
    "decline_invitation": pgettext_lazy("history", "Invitation declined"),
    "withdraw_invitation": pgettext_lazy("history", "Invitation withdrawn"),
    "ask_for_domain": pgettext_lazy("history", "Domain asked for"),
    "add_domain": pgettext_lazy("history", "Domain added"),
    "decline_domain": pgettext_lazy("history", "Domain declined"),
    "remove_domain": pgettext_lazy("history", "Domain removed"),
    "decline": pgettext_lazy("history", "Proposal declined"),
    "propose_again": pgettext_lazy("history", "Proposed again"),
    "merge": pgettext_lazy("history", "Merged"),
    "write_issue": pgettext_lazy("history", "Issue of the digest begun"),
    "change_issue": pgettext_lazy("history", "Issue of the digest changed"),
    "ready_issue": pgettext_lazy("history", "Issue of the digest made ready"),
    "take_back_issue": pgettext_lazy("history", "Issue of the digest taken back"),
    "delete_issue": pgettext_lazy("history", "Issue of the digest thrown away"),
    "halt_run": pgettext_lazy("history", "Run halted"),
    "resume_run": pgettext_lazy("history", "Run went on"),
    "cancel_run": pgettext_lazy("history", "Run cancelled"),
    "send_failed_again": pgettext_lazy("history", "Failed mails sent again"),
    "look_into_digest": pgettext_lazy("history", "Digest looked into"),
    "switch_off": pgettext_lazy("history", "Switched off"),
    "switch_on": pgettext_lazy("history", "Switched on"),
    "import": pgettext_lazy("history", "Imported"),
    "ask_for_copy": pgettext_lazy("history", "Copy of personal data asked for"),
    "come_back": pgettext_lazy("history", "Deletion of the account called off"),
    "erase": pgettext_lazy("history", "Account erased"),
    "assign": pgettext_lazy("history", "Assigned"),
    "report": pgettext_lazy("history", "Reported"),
    "dismiss": pgettext_lazy("history", "Report dismissed"),
    "settle": pgettext_lazy("history", "Report settled"),
    "uphold": pgettext_lazy("history", "Report upheld"),
    "register": pgettext_lazy("history", "Registered"),
    "unregister": pgettext_lazy("history", "Registration cancelled"),
    "cancel": pgettext_lazy("history", "Cancelled"),
    "delete": pgettext_lazy("history", "Deleted"),
    "note_attendance": pgettext_lazy("history", "Attendance noted"),
    "add_item": pgettext_lazy("history", "Item put on the agenda"),
    "change_item": pgettext_lazy("history", "Item of the agenda changed"),
    "move_item": pgettext_lazy("history", "Item of the agenda moved"),
    "remove_item": pgettext_lazy("history", "Item taken off the agenda"),
    "propose_item": pgettext_lazy("history", "Item proposed for the agenda"),
    "accept_item": pgettext_lazy("history", "Proposed item taken in"),
    "decline_item": pgettext_lazy("history", "Proposed item not taken in"),
    "name_minute_taker": pgettext_lazy("history", "Minute taker named"),
    "start_minutes": pgettext_lazy("history", "Minutes begun"),
    "save_minutes": pgettext_lazy("history", "Minutes written on"),
    "approve_minutes": pgettext_lazy("history", "Minutes approved"),
    "correct_minutes": pgettext_lazy("history", "Correction of the minutes begun"),
    "discard_minutes": pgettext_lazy("history", "Draft of the minutes given up"),
    "assign_action": pgettext_lazy("history", "Action point given to somebody or moved"),
    "finish_action": pgettext_lazy("history", "Action point done"),
    "reopen_action": pgettext_lazy("history", "Action point opened again"),
    "suspend": pgettext_lazy("history", "Suspended"),
    "unsuspend": pgettext_lazy("history", "Suspension lifted"),
    "enter_group": pgettext_lazy("history", "Member came into the group"),
    "leave_group": pgettext_lazy("history", "Member left the group"),
    "wait_for_place": pgettext_lazy("history", "Put on the waiting list"),
    "stop_waiting": pgettext_lazy("history", "Left the waiting list"),
    "give_seat": pgettext_lazy("history", "Seat given"),
    "take_seat": pgettext_lazy("history", "Seat taken away"),
    "announce": pgettext_lazy("history", "Announced"),
    "start_discussion": pgettext_lazy("history", "Discussion started"),
    "write": pgettext_lazy("history", "Post written"),
    "edit": pgettext_lazy("history", "Post changed"),
    "remove": pgettext_lazy("history", "Taken away"),
    "pin": pgettext_lazy("history", "Pinned"),
    "unpin": pgettext_lazy("history", "Not pinned any more"),
    "mark_answer": pgettext_lazy("history", "Answer marked"),
    "unmark_answer": pgettext_lazy("history", "No answer any more"),
    "reopen_discussion": pgettext_lazy("history", "Discussion opened again"),
    "close": pgettext_lazy("history", "Closed"),
    "hold": pgettext_lazy("history", "Booked"),
    "move": pgettext_lazy("history", "Booking moved"),
    "release": pgettext_lazy("history", "Booking given back"),
    "block": pgettext_lazy("history", "Blocked"),
    "ask_for_visit": pgettext_lazy("history", "Visit asked for"),
    "confirm_visit": pgettext_lazy("history", "Visit confirmed"),
    "decline_visit": pgettext_lazy("history", "Visit declined"),
    "propose_date": pgettext_lazy("history", "Another date proposed"),
    "accept_date": pgettext_lazy("history", "Date accepted"),
    "change_date": pgettext_lazy("history", "Another date asked for"),
    "thank": pgettext_lazy("history", "Guests thanked"),
    "send": pgettext_lazy("history", "Sent"),
    "ask_back": pgettext_lazy("history", "Asked back"),
    "accept_test": pgettext_lazy("history", "Request accepted"),
    "decline_test": pgettext_lazy("history", "Request declined"),
    "propose_terms": pgettext_lazy("history", "Terms proposed"),
    "accept_terms": pgettext_lazy("history", "Terms accepted"),
    "agree": pgettext_lazy("history", "Terms in force"),
    "start_test": pgettext_lazy("history", "Test begun"),
    "finish_test": pgettext_lazy("history", "Test ended"),
    "complete": pgettext_lazy("history", "Completed"),
    "add_task": pgettext_lazy("history", "Task added"),
    "finish_task": pgettext_lazy("history", "Task done"),
    "reopen_task": pgettext_lazy("history", "Task open again"),
    "remove_task": pgettext_lazy("history", "Task taken away"),
    "add_resource": pgettext_lazy("history", "File or link added"),
    "add_version": pgettext_lazy("history", "New version of a file added"),
    "edit_resource": pgettext_lazy("history", "File or link changed"),
    "move_resource": pgettext_lazy("history", "File or link moved"),
    "remove_resource": pgettext_lazy("history", "File or link removed"),
    "restore_resource": pgettext_lazy("history", "File or link brought back"),
    "clear_resource": pgettext_lazy("history", "Removed file or link deleted for good"),
    "make_folder": pgettext_lazy("history", "Folder made"),
    "edit_folder": pgettext_lazy("history", "Folder changed"),
    "remove_folder": pgettext_lazy("history", "Folder removed"),
}
#: What is between a reporter and the moderators, and how these share their work: not for those whom it is about.
INTERNAL = ("assign", "report", "dismiss", "settle", "uphold")


@dataclass(frozen=True)
class Step:
    """One line of a history."""

    at: datetime
    what: str
    who: str
    note: str
    changes: dict


def trail_of(target):
    """The entries of one noun, the newest first, with who did it."""
    kind = ContentType.objects.get_for_model(target)
    return AuditEntry.objects.filter(target_type=kind, target_id=target.pk).select_related("by")


def step(entry, who):
    """An entry in words; `who` is what the reader may know of its author."""
    word = WORDS.get(entry.verb)
    what = str(word) if word else entry.verb.replace("_", " ").capitalize()
    return Step(entry.at, what, who, entry.note, entry.changes)


def full_name(entry):
    """Who did it, for moderators; an erased member has no name any more."""
    return str(entry.by) if entry.by else str(_("The portal, or a former member"))

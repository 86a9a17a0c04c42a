"""What can be done with a test request. Doors check permission; these check the state, in one transaction."""

from testrequests.actions.answering import accept, ask_back, cancel, decline, withdraw
from testrequests.actions.drafting import FIELDS, create_request, delete_draft, edit_request, may_change
from testrequests.actions.files import add_file, add_request_file, remove_file, remove_request_file
from testrequests.actions.reminding import pass_by_the_clock, remind
from testrequests.actions.running import complete, finish, start
from testrequests.actions.sending import ask_lab, send_request
from testrequests.actions.talking import thread_of, write
from testrequests.actions.tasks import add_task, finish_task, remove_task, reopen_task
from testrequests.actions.terms import accept_terms, propose_terms

__all__ = [
    "FIELDS", "accept", "accept_terms", "add_file", "add_request_file", "add_task", "ask_back", "ask_lab", "cancel", "complete",
    "create_request", "decline", "delete_draft", "edit_request", "finish", "finish_task", "may_change", "pass_by_the_clock",
    "propose_terms", "remind", "remove_file", "remove_request_file", "remove_task", "reopen_task", "send_request", "start", "thread_of",
    "withdraw", "write",
]  # fmt: skip

"""The verbs of test reports."""

from testreports.actions.files import add_file, remove_file
from testreports.actions.leading import make_project
from testreports.actions.releasing import release_due
from testreports.actions.repeating import test_again
from testreports.actions.states import delete, hide, publish, reopen, return_, submit, take_back
from testreports.actions.writing import start_report, update_report

__all__ = [
    "add_file", "delete", "hide", "make_project", "publish", "release_due", "remove_file", "reopen", "return_", "start_report",
    "submit", "take_back", "test_again", "update_report",
]  # fmt: skip

"""Forms of test requests: the steps of what is asked, and what is said and agreed afterwards."""

from testrequests.forms.answers import AskLabForm, FileForm, MessageForm, TaskForm, TermsForm
from testrequests.forms.steps import STEPS, Step

__all__ = ["STEPS", "AskLabForm", "FileForm", "MessageForm", "Step", "TaskForm", "TermsForm"]

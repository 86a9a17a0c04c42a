"""The words of test requests, as in docs/concepts.md, and the table of their states."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a lab's answer to a request stands. *Overdue* is shown, never a state."""

    DRAFT = "draft", pgettext_lazy("state", "Draft")
    SENT = "sent", pgettext_lazy("test request", "Sent")
    CLARIFYING = "clarifying", pgettext_lazy("test request", "Clarifying")
    ACCEPTED = "accepted", pgettext_lazy("test request", "Accepted")
    AGREED = "agreed", pgettext_lazy("test request", "Agreed")
    RUNNING = "running", pgettext_lazy("test request", "Running")
    REPORTING = "reporting", pgettext_lazy("test request", "Reporting")
    COMPLETED = "completed", pgettext_lazy("test request", "Completed")
    DECLINED = "declined", pgettext_lazy("test request", "Declined")
    CANCELLED = "cancelled", pgettext_lazy("test request", "Cancelled")
    WITHDRAWN = "withdrawn", pgettext_lazy("test request", "Withdrawn")


#: Something is still to be done, and both sides have been told of it.
OPEN = (State.SENT, State.CLARIFYING, State.ACCEPTED, State.AGREED, State.RUNNING, State.REPORTING)
CLOSED = (State.COMPLETED, State.DECLINED, State.CANCELLED, State.WITHDRAWN)
#: What is asked may be changed as long as no lab has accepted it.
ASKED = (State.SENT, State.CLARIFYING)
#: Both are bound by terms, or were: the lab goes on reading the confidential part.
TOGETHER = (*OPEN, State.COMPLETED)


class Side(models.TextChoices):
    """The two who take part. Everybody of a side acts for it."""

    COMPANY = "company", pgettext_lazy("side of a test request", "Who asks")
    LAB = "lab", pgettext_lazy("side of a test request", "The lab")


class Turn(models.TextChoices):
    """Who must act now; nobody where a day is waited for, or where all is done."""

    NOBODY = "", pgettext_lazy("turn", "Nobody")
    COMPANY = "company", pgettext_lazy("turn", "Who asks")
    LAB = "lab", pgettext_lazy("turn", "The lab")
    BOTH = "both", pgettext_lazy("turn", "Both")


class PersonalData(models.TextChoices):
    NONE = "none", pgettext_lazy("personal data", "No personal data")
    YES = "yes", pgettext_lazy("personal data", "Yes, data about people")
    UNSURE = "unsure", pgettext_lazy("personal data", "We do not know yet")


class Publishing(models.TextChoices):
    """What may be published of the results."""

    ALL = "all", pgettext_lazy("results", "Everything, with figures")
    SUMMARY = "summary", pgettext_lazy("results", "A summary")
    LATER = "later", pgettext_lazy("results", "Everything, after some time")


@dataclass(frozen=True)
class Move:
    """One verb: who may carry it out, and from which states it leads on."""

    sides: tuple
    sources: tuple


BOTH = (Side.COMPANY, Side.LAB)
#: The table of states: every verb of an application. Whatever does not stand here is refused.
MOVES = {
    "send": Move((Side.COMPANY,), (State.DRAFT,)),
    "ask_back": Move((Side.LAB,), (State.SENT, State.CLARIFYING)),
    "accept": Move((Side.LAB,), (State.SENT, State.CLARIFYING)),
    "decline": Move((Side.LAB,), (State.SENT, State.CLARIFYING)),
    "withdraw": Move((Side.COMPANY,), (State.SENT, State.CLARIFYING, State.ACCEPTED)),
    "propose_terms": Move(BOTH, (State.ACCEPTED, State.AGREED, State.RUNNING)),
    "accept_terms": Move(BOTH, (State.ACCEPTED, State.AGREED, State.RUNNING)),
    "start": Move((Side.LAB,), (State.AGREED,)),
    "finish": Move(BOTH, (State.RUNNING,)),
    "complete": Move((Side.LAB,), (State.REPORTING,)),
    "cancel": Move(BOTH, (State.AGREED, State.RUNNING, State.REPORTING)),
    "write": Move(BOTH, OPEN),
    "add_file": Move(BOTH, OPEN),
    "remove_file": Move(BOTH, OPEN),
    "add_task": Move(BOTH, OPEN),
    "finish_task": Move(BOTH, OPEN),
    "reopen_task": Move(BOTH, OPEN),
    "remove_task": Move(BOTH, OPEN),
}

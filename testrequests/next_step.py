"""Who must act now and what on, in words: shown over every request, in lists and in reminders."""

from django.utils.translation import gettext as _

from bookings.periods import day_words
from testrequests.enums import Side, State, Turn


class StepInWords:
    """The next step of an application, said in whatever language it is asked in."""

    def __init__(self, row):
        self.row = row

    def __str__(self):
        return step(self.row)


def step(row):
    """What is to be done now, "" where nothing is."""
    if row.state == State.ACCEPTED:
        return _("read the terms and accept them, or propose others") if _has_terms(row) else _("propose terms")
    if row.state in (State.AGREED, State.RUNNING) and row.turn in (Turn.COMPANY, Turn.LAB) and _other_version(row):
        return _("read the new terms and accept them, or propose others")
    words = {
        State.DRAFT: _("finish the request and send it"),
        State.SENT: _("answer the request"),
        State.CLARIFYING: _("answer the question") if row.turn == Turn.COMPANY else _("read the answer and decide"),
        State.AGREED: _("start the test"),
        State.RUNNING: _("end the test"),
        State.REPORTING: _("write the report"),
    }
    return words.get(row.state, "")


def _has_terms(row):
    return last_version(row) > 0


def _other_version(row):
    agreed = row.agreed_terms.version if row.agreed_terms_id else 0
    return last_version(row) > agreed


def last_version(row):
    """The number of the last version of the terms; lists have annotated it."""
    if not hasattr(row, "terms_version"):
        row.terms_version = row.terms.values_list("version", flat=True).first() or 0
    return row.terms_version or 0


def whose_turn(row):
    """Who must act: the name of the organisation or of the lab, or both; "" where nobody must."""
    names = {Turn.COMPANY: row.organisation.name, Turn.LAB: str(row.lab)}
    if row.turn == Turn.BOTH:
        return _("%(organisation)s and %(lab)s") % {"organisation": row.organisation.name, "lab": row.lab}
    return names.get(row.turn, "")


def waited_for(row):
    """What is waited for where nobody must act, "" otherwise."""
    if row.turn != Turn.NOBODY or row.due_on is None:
        return ""
    if row.state == State.AGREED:
        return _("The test begins on %(day)s.") % {"day": day_words(row.due_on)}
    return _("The test runs until %(day)s.") % {"day": day_words(row.due_on)} if row.state == State.RUNNING else ""


def is_turn_of(row, sides):
    """Whether somebody who acts for `sides` must act."""
    return bool(sides) and (row.turn == Turn.BOTH or row.turn in {Side(side).value for side in sides})

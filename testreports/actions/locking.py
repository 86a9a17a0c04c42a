"""The report as it stands now, held while a verb changes it."""

from django.utils.translation import gettext as _

from common.errors import WrongState
from testreports.models import TestReport
from testrequests.rules import sides_of

WITH = ("application__request__organisation", "lab__organisation", "organisation", "project")


def locked(report, sources, refusal):
    """The row, held until the transaction ends. Raises `WrongState` where it stands in none of `sources`."""
    rows = TestReport.objects.select_for_update(of=("self",)).select_related(*WITH)
    row = rows.filter(pk=report.pk).first()
    if row is None:
        raise WrongState(_("This report is not here any more."), code="gone")
    if row.state not in sources:
        raise WrongState(refusal % {"state": row.get_state_display()}, code="wrong_state")
    return row


def require_writer(row, by):
    """Doors have asked already; whoever left the side in between is caught here."""
    if row.side not in sides_of(by, row.application):
        raise WrongState(_("You do not act for the side that writes this report."), code="not_yours")


def require_other(row, by):
    if not set(sides_of(by, row.application)) - {row.side}:
        raise WrongState(_("You do not act for the side that agrees to this report."), code="not_yours")


def move(row, state, *, now, **changed):
    changed = {"state_reason": "", **changed, "state": state, "state_changed_at": now}
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=[*changed, "updated_at"])

"""A request goes to the labs: to those chosen at once, to a further one later."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from records.actions import audit
from testrequests import telling
from testrequests.actions.locking import in_days, move
from testrequests.completeness import missing, missing_to_send, refusals
from testrequests.enums import Side, State, Turn
from testrequests.models import MOST_LABS, Application, TestRequest

PARTS = ("lab__organisation", "offer__lab", "organisation", "request__organisation")


def send_request(request, *, by, now=None):
    """Draft → sent, to every lab that is chosen. Twice is the same as once, also at once.

    Raises `ValidationError` by field for what is missing, `WrongState` where a lab cannot be asked.
    """
    now = now or timezone.now()
    with transaction.atomic():
        row = _locked(request)
        if not row.is_draft:
            return row
        rows = list(row.applications.select_for_update(of=("self",)).select_related(*PARTS).order_by("pk"))
        if gaps := missing(row):
            raise ValidationError(gaps)
        if reasons := missing_to_send(row, rows, timezone.localdate(now)):
            raise WrongState(reasons[0], code="incomplete")
        row.sent_at = now
        row.save(update_fields=["sent_at", "updated_at"])
        for one in rows:
            _send(one, by=by, now=now)
        audit("send", row, by=by, changes={"labs": [one.lab_id for one in rows]})
    return row


def ask_lab(request, lab, offer=None, *, by, now=None):
    """Ask one more lab what others were asked already. Raises `WrongState` where it was asked, or cannot be."""
    now = now or timezone.now()
    with transaction.atomic():
        row = _locked(request)
        if row.is_draft:
            raise WrongState(_("Choose the labs in the draft, then send it to all of them."), code="wrong_state")
        if row.applications.count() >= MOST_LABS:
            raise WrongState(_("Ask at most %(most)d labs at once.") % {"most": MOST_LABS}, code="too_many")
        one = Application(request=row, organisation=row.organisation, lab=lab, offer=offer)
        if reasons := refusals(row, one):
            raise WrongState(reasons[0], code="not_open")
        try:
            with transaction.atomic():
                one.save(force_insert=True)
        except IntegrityError:
            raise WrongState(_("%(lab)s was asked already.") % {"lab": lab}, code="repeated") from None
        _send(one, by=by, now=now)
    return one


def _locked(request):
    row = TestRequest.objects.select_for_update(of=("self",)).select_related("organisation").filter(pk=request.pk).first()
    if row is None:
        raise WrongState(_("This request is not here any more."), code="gone")
    return row


def _send(row, *, by, now):
    due = in_days(now, row.lab.answer_days)
    move(row, State.SENT, "send", by=by, now=now, turn=Turn.LAB, due_on=due, sent_at=now)
    telling.tell("asked", row, by=by, to=[Side.LAB])

"""Files: of the request, of its confidential part, and of what one lab and the asker work on together."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from records.actions import add_attachment, remove_attachment
from records.models import Attachment
from testrequests import telling
from testrequests.actions.drafting import may_change
from testrequests.actions.locking import locked, pass_turn, side_for
from testrequests.models import TestRequest


def add_file(application, file, *, by, title="", alt="", now=None):
    """Add a file both sides read. Raises `ValidationError` for what is too large or of a wrong kind, and `WrongState`."""
    with transaction.atomic():
        row = locked(application, "add_file")
        side = side_for(row, "add_file", by)
        kept = add_attachment(row, file, by=by, title=title, alt=alt, language=row.request.language)
        pass_turn(row, row.turn, row.due_on, now=now or timezone.now())
        telling.tell("file", row, by=by, to=[telling.other(side)], anchor="#files", file=str(kept))
    return kept


def remove_file(application, uuid, *, by):
    """Take a file away; twice is the same as once."""
    with transaction.atomic():
        row = locked(application, "remove_file")
        side_for(row, "remove_file", by)
        _remove(row, uuid, by)


def add_request_file(request, file, *, by, is_confidential=False, title="", alt=""):
    """Add a file to what is asked; a confidential one hangs on the confidential part."""
    with transaction.atomic():
        row = _changeable(request)
        noun = row.confidential if is_confidential else row
        return add_attachment(noun, file, by=by, title=title, alt=alt, language=row.language)


def remove_request_file(request, uuid, *, by):
    with transaction.atomic():
        row = _changeable(request)
        for noun in (row, row.confidential):
            _remove(noun, uuid, by)


def _changeable(request):
    row = TestRequest.objects.select_for_update(of=("self",)).filter(pk=request.pk).first()
    if row is None:
        raise WrongState(_("This request is not here any more."), code="gone")
    if not row.is_draft and not may_change(set(row.applications.values_list("state", flat=True))):
        raise WrongState(_("A lab has accepted this request, or all have closed it: what it says stays."), code="wrong_state")
    return row


def _remove(noun, uuid, by):
    file = Attachment.objects.about(noun).filter(uuid=uuid).first()
    if file:
        remove_attachment(file, by=by)

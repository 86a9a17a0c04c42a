"""What is left of an event: slides, minutes, pictures."""

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import WrongState
from events.enums import READABLE
from events.models import Event
from events.telling import tell_material
from records.actions import add_attachment


def add_material(event, file, *, by, title="", alt=""):
    """Keep a file with the event, for whoever may read it; those who are registered hear of it. Raises `ValidationError`."""
    with transaction.atomic():
        locked = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
        if locked.state not in READABLE:
            raise WrongState(_("Publish the event first."), code="wrong_state")
        attachment = add_attachment(locked, file, by=by, title=title, alt=alt)
        tell_material(locked, attachment, by=by)
    return attachment

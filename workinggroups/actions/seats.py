"""Seats: which organisations are represented, by whom, and who stands in."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from records.actions import audit
from workinggroups.actions.locking import IN_USE, locked
from workinggroups.models import Seat


def give_seat(group, organisation, *, by, holder=None, deputy=None):
    """Give an organisation its seat, or change who holds it. Holder and deputy are two members of the group."""
    with transaction.atomic():
        row = locked(group, states=IN_USE)
        people = [person for person in (holder, deputy) if person is not None]
        if row.memberships.filter(pk__in=[person.pk for person in people]).count() != len(people):
            message = _("A seat is held by two different members of the group.") if holder == deputy else _(
                "This person does not belong to the group any more."
            )  # fmt: skip
            raise ValidationError(message, code="no_member")
        seat, _made = Seat.objects.update_or_create(group=row, organisation=organisation, defaults={"holder": holder, "deputy": deputy})
        changes = {"organisation": organisation.pk, "holder": holder and holder.user_id, "deputy": deputy and deputy.user_id}
        audit("give_seat", row, by=by, changes=changes)
    return seat


def take_seat(seat, *, by):
    """The organisation is not represented any more; twice is the same as once."""
    with transaction.atomic():
        row = locked(seat.group, states=IN_USE)
        if row.seats.filter(pk=seat.pk).delete()[0]:
            audit("take_seat", row, by=by, changes={"organisation": seat.organisation_id})

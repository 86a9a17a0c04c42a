"""Every verb about a group and its members waits for the group's row, so that two at once come one after the other."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.publishing import State
from workinggroups.models import WorkingGroup

#: Activity is noted at most so often: a lively discussion is not a stream of writes to one row.
BETWEEN = timedelta(minutes=10)


def locked(group, *, states=()):
    """The group's row, held until the transaction ends. Raises `WrongState` where it is gone or in none of `states`."""
    row = WorkingGroup.objects.select_for_update(of=("self",)).prefetch_related("texts").filter(pk=group.pk).first()
    if row is None:
        raise WrongState(_("This group is not here any more."), code="gone")
    if states and row.state not in states:
        if row.is_closed:
            raise WrongState(_("This group is closed. It can be read, and nothing is changed in it any more."), code="closed")
        message = _("This is not possible now: the group is “%(state)s”.")
        raise WrongState(message % {"state": row.get_state_display()}, code="wrong_state")
    return row


#: Where a group is prepared or at work: its chairs may change it and who belongs to it.
IN_USE = (State.DRAFT, State.PUBLISHED)


def locked_row(row):
    """A row of what was asked or invited, held until the transaction ends; lock its group first."""
    found = type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise WrongState(_("This is not here any more."), code="gone")
    return found


def touch(group, *, now=None):
    """Something happened in the group: it is alive. For everything that stands above groups, too."""
    now = now or timezone.now()
    WorkingGroup.objects.filter(pk=group.pk, last_activity_at__lt=now - BETWEEN).update(last_activity_at=now)

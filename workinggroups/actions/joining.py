"""Coming into an open group, and leaving one. The order is the same in every verb: lock the group, check, write, record, tell."""

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.publishing import State
from records.actions import audit
from workinggroups.actions.admission import admit, end, move_up, tell_chairs
from workinggroups.actions.locking import locked
from workinggroups.enums import GroupRole, Joining
from workinggroups.models import GroupMembership, WorkingGroup


def join(group, *, by, organisation=None, now=None):
    """`by` joins an open group, or waits for a place in a full one; twice is the same as once.

    Returns the membership or the place on the waiting list. Raises `WrongState` where the group is not open to join.
    """
    with transaction.atomic():
        row = locked(group, states=(State.PUBLISHED,))
        known = row.memberships.filter(user=by).exists() or row.waiting_places.filter(user=by).exists()
        if not known and row.joining != Joining.OPEN:
            message = _("This group is not open to join: “%(joining)s”.")
            raise WrongState(message % {"joining": row.get_joining_display()}, code="not_open")
        found = admit(row, by, by=by, organisation=organisation, now=now)
        if not known and isinstance(found, GroupMembership):
            tell_chairs("workinggroup.joined", row, by=by)
    return found


def leave(group, *, by, now=None):
    """`by` belongs to the group no longer; also to a closed one. Raises `WrongState` for the chair and for one who is no member."""
    with transaction.atomic():
        row = locked(group)
        membership = row.memberships.select_related("user", "group").filter(user=by).first()
        if membership is None:
            raise WrongState(_("You do not belong to this group."), code="no_member")
        if membership.role == GroupRole.CHAIR and not row.is_closed:
            message = _("You are the chair. Hand the chair over to another member before you leave, or close the group.")
            raise WrongState(message, code="is_chair")
        membership.group = row
        end(membership, "leave_group", by=by, now=now)
        tell_chairs("workinggroup.left", row, by=by)


def leave_waiting_list(group, *, by):
    """`by` waits for a place no longer; twice is the same as once."""
    with transaction.atomic():
        row = locked(group)
        if row.waiting_places.filter(user=by).delete()[0]:
            audit("stop_waiting", row, by=by)


def fill_places():
    """By the clock: whoever waits takes what became free in other ways. Returns how many moved up."""
    moved = 0
    waiting = WorkingGroup.objects.filter(state=State.PUBLISHED, waiting_places__isnull=False).distinct().order_by("pk")
    for group in waiting:
        with transaction.atomic():
            moved += len(move_up(locked(group)))
    return moved

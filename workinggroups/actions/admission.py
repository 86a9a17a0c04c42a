"""Into a group, or onto its waiting list: the one place where the member limit is kept. Call with the group locked."""

from django.utils import timezone

from notifications.actions import notify
from organisations.enums import Asked
from records.actions import audit
from workinggroups import telling
from workinggroups.actions.locking import touch
from workinggroups.enums import GroupRole
from workinggroups.models import GroupMembership, WaitingPlace
from workinggroups.rules import forget_roles


def is_full(group):
    return group.member_limit is not None and group.memberships.count() >= group.member_limit


def organisation_beside(user, organisation=None):
    """The organisation a member comes from: the chosen one, else what stands beside the name. None for none."""
    rows = {row.organisation_id: row for row in user.memberships.select_related("organisation")}
    if organisation is not None:
        return organisation if organisation.pk in rows else None
    chosen = [row for row in rows.values() if row.is_main] or (list(rows.values()) if len(rows) == 1 else [])
    return chosen[0].organisation if chosen else None


def admit(group, user, *, by, role=GroupRole.MEMBER, organisation=None, now=None):
    """Take `user` in, or keep a place on the waiting list of a full group. Returns the membership or the place; twice is once.

    What the same person had asked is answered by it.
    """
    now = now or timezone.now()
    if known := group.memberships.filter(user=user).first() or group.waiting_places.filter(user=user).first():
        return known
    beside = organisation_beside(user, organisation)
    group.requests.waiting().filter(user=user).update(state=Asked.WITHDRAWN, answered_at=now)
    if is_full(group):
        audit("wait_for_place", group, by=by, changes={"user": user.pk})
        return WaitingPlace.objects.create(group=group, user=user, role=role, organisation=beside, created_at=now)
    return _enter(group, user, by=by, role=role, organisation=beside, now=now)


def move_up(group, *, now=None):
    """Whoever waited longest takes what is free. Returns the new memberships, in the order of the waiting list."""
    now = now or timezone.now()
    places = group.waiting_places.select_related("user", "organisation").order_by("pk")
    if group.member_limit is not None:
        free = max(0, group.member_limit - group.memberships.count())
        places = places[:free]
    moved = []
    for place in places:
        moved.append(_enter(group, place.user, by=None, role=place.role, organisation=place.organisation, now=now))
        place.delete()
    for membership in moved:
        notify("workinggroup.moved_up", group, by=None, to=[(membership.user_id, "group_member")])
    return moved


def end(membership, verb, *, by, note="", now=None):
    """The membership goes, with what hung on it; whoever waited longest moves up."""
    group, user = membership.group, membership.user
    membership.delete()
    audit(verb, group, by=by, note=note, changes={"user": user.pk, "role": membership.role})
    forget_roles(user)
    move_up(group, now=now)


def _enter(group, user, *, by, role, organisation, now):
    membership = GroupMembership.objects.create(group=group, user=user, role=role, organisation=organisation, created_at=now)
    audit("enter_group", group, by=by, changes={"user": user.pk, "role": str(role)})
    touch(group, now=now)
    forget_roles(user)
    return membership


def tell_chairs(kind, group, *, by):
    """Chairs hear who comes and goes; the link leads to the list of members."""
    notify(kind, group, by=by, to=telling.chairs(group), url=telling.path_to("workinggroups:members", group.slug))

"""Groups of a member who closes the account: a co-chair takes over, else the moderators are told."""

from django.db import transaction

from notifications.actions import notify
from workinggroups import telling
from workinggroups.actions.admission import end
from workinggroups.actions.locking import locked
from workinggroups.actions.members import make_chair
from workinggroups.enums import GroupRole
from workinggroups.models import GroupMembership


def hand_on(user):
    """`user` is about to go: the co-chair who has been it longest takes each chair over. Twice is the same as once."""
    for membership in _rows(user, role=GroupRole.CHAIR):
        with transaction.atomic():
            group = locked(membership.group)
            heirs = group.memberships.acting().exclude(user=user).filter(role=GroupRole.CO_CHAIR)
            heir = heirs.select_related("user").order_by("created_at", "pk").first()
            if heir:
                heir.group = group
                make_chair(heir, by=None)
            elif not group.is_closed:
                url = telling.path_to("workinggroups:members", group.slug)
                notify("workinggroup.chairless", group, by=None, to=telling.all_moderators(), url=url)


def forget_member(user):
    """`user` is erased: the memberships go, and whoever waits moves up."""
    for membership in _rows(user):
        with transaction.atomic():
            membership.group = locked(membership.group)
            end(membership, "leave_group", by=None)


def _rows(user, **wanted):
    return list(GroupMembership.objects.filter(user=user, **wanted).select_related("group", "user").order_by("group_id"))

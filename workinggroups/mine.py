"""What concerns one member: groups, places on waiting lists, requests, invitations, and what waits for the member's answer."""

from functools import cached_property

from django.utils import timezone

from common.publishing import State
from workinggroups.enums import CHAIRS
from workinggroups.models import GroupInvitation, GroupMembership, GroupRequest, WaitingPlace

MOST = 100


class MyGroups:
    """Each property is read at most once; the number of queries does not grow with the rows."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def memberships(self):
        """The liveliest first, closed ones last."""
        rows = GroupMembership.objects.filter(user=self.user).select_related("group__organisation", "organisation")
        found = list(rows.prefetch_related("group__texts").order_by("-group__last_activity_at", "pk")[:MOST])
        return sorted(found, key=lambda row: row.group.state == State.ARCHIVED)

    @cached_property
    def places(self):
        rows = WaitingPlace.objects.filter(user=self.user, group__state=State.PUBLISHED).select_related("group")
        return list(rows.prefetch_related("group__texts")[:MOST])

    @cached_property
    def requests(self):
        """What one has asked and nobody has answered."""
        rows = GroupRequest.objects.waiting().filter(user=self.user).select_related("group")
        return list(rows.prefetch_related("group__texts")[:MOST])

    def open_invitations(self):
        """Those that still can be taken up, of groups one does not belong to yet."""
        rows = GroupInvitation.objects.visible_to(self.user).open(timezone.now())
        return rows.exclude(group__in=self.user.group_memberships.values("group"))

    @cached_property
    def invitations(self):
        """As `open_invitations`, with their groups."""
        return list(self.open_invitations().select_related("group", "invited_by").prefetch_related("group__texts")[:MOST])

    @cached_property
    def waiting(self):
        """Requests of others that wait for this member, the oldest first; who leads no group is not asked about."""
        if not (self.user.is_moderator or any(row.role in CHAIRS for row in self.memberships)):
            return []
        rows = GroupRequest.objects.waiting_for(self.user).select_related("group", "user", "organisation")
        return list(rows.prefetch_related("group__texts")[:MOST])

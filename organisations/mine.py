"""What concerns one member: organisations, offers, invitations, requests, and what waits for the member's answer."""

from functools import cached_property

from django.utils import timezone

from organisations.models import Invitation, JoinRequest, Organisation
from organisations.querysets import confirmed_addresses


class Mine:
    """Each property is read at most once; the number of queries does not grow with the rows."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def memberships(self):
        return list(self.user.memberships.select_related("organisation__municipality").order_by("-is_main", "organisation__name", "pk"))

    @cached_property
    def _addresses(self):
        return confirmed_addresses(self.user)

    @cached_property
    def offers(self):
        """Organisations one joins at once, by a confirmed address in their domain."""
        return list(Organisation.objects.offered_to(self.user, self._addresses).select_related("municipality").order_by("name", "pk"))

    @cached_property
    def invitations(self):
        """Those that still can be taken up, of organisations one does not belong to yet."""
        rows = (
            Invitation.objects.for_addresses_of(self.user, self._addresses)
            .open(timezone.now())
            .select_related("organisation", "invited_by")
        )
        return list(rows.exclude(organisation__in=self.user.memberships.values("organisation")))

    @cached_property
    def requests(self):
        """What one has asked and nobody has answered."""
        return list(JoinRequest.objects.waiting().filter(user=self.user).select_related("organisation"))

    @cached_property
    def waiting(self):
        """Requests of others that wait for this member, the oldest first."""
        return list(JoinRequest.objects.waiting_for(self.user).select_related("organisation", "user"))

    @cached_property
    def unconfirmed(self):
        """Addresses that count for nothing until they are confirmed."""
        return list(self.user.emailaddress_set.filter(verified=False).values_list("email", flat=True))

    @property
    def main(self):
        """The organisation that stands beside the name: the chosen one, else the only one."""
        chosen = [row for row in self.memberships if row.is_main] or (self.memberships if len(self.memberships) == 1 else [])
        return chosen[0].organisation if chosen else None

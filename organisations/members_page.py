"""What the list of an organisation's members shows to whom."""

from functools import cached_property

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.navigation import address
from common.sorting import sort_key
from organisations.enums import RANK, Asked, Role

MOST_INVITATIONS = 50


class MembersPage:
    """One organisation's members for one reader. The number of queries does not grow with the rows."""

    def __init__(self, organisation, user):
        self.organisation, self.user = organisation, user
        self.manages = user.has_perm("organisations.manage_members", organisation)
        self.is_owner = user.has_perm("organisations.change", organisation)
        self.is_member = organisation.pk in user.organisation_roles
        self.roles = Role.choices

    @property
    def trail(self):
        return [
            (_("Home"), f"/{get_language()}/"),
            (_("Organisations"), address("organisations:list", get_language())),
            (self.organisation.name, self.organisation.get_absolute_url()),
        ]

    @cached_property
    def memberships(self):
        """Owners first, then editors, then members, each in alphabetical order."""
        rows = self.organisation.memberships.select_related("user__profile")
        return sorted(rows, key=lambda row: (-RANK[row.role], sort_key(str(row.user))))

    @property
    def rows(self):
        """[(membership, address of the member's page or "", may be handed the ownership)]."""
        return [(row, self._page_of(row), self.is_owner and row.user_id != self.user.pk and row.user.may_act) for row in self.memberships]

    def _page_of(self, row):
        profile = getattr(row.user, "profile", None)
        return profile.get_absolute_url() if profile and self.user.has_perm("members.see_profile", profile) else ""

    @cached_property
    def requests(self):
        return list(self.organisation.join_requests.waiting().select_related("user")) if self.manages else []

    @cached_property
    def invitations(self):
        """[(invitation, whether it can still be taken up)] that nobody has answered, the newest first."""
        rows = self.organisation.invitations.filter(state=Asked.WAITING)[:MOST_INVITATIONS] if self.manages else []
        now = timezone.now()
        return [(row, row.is_open(now)) for row in rows]

    @property
    def has_no_owner(self):
        return not any(row.role == Role.OWNER and row.user.may_act for row in self.memberships)

"""What is common to everything members publish: states, visibility and who sees what.

The words are those of docs/concepts.md. A noun that is publishable has `organisation` (its owner) and inherits
`Publishable`; its queryset inherits `PublishableQuerySet` and names the path to its partners, if it has any.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a publishable noun stands. *Overdue*, *stale* and *full* are shown, never states."""

    DRAFT = "draft", pgettext_lazy("state", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("state", "Submitted")
    RETURNED = "returned", pgettext_lazy("state", "Returned")
    PUBLISHED = "published", pgettext_lazy("state", "Published")
    ARCHIVED = "archived", pgettext_lazy("state", "Archived")
    WITHDRAWN = "withdrawn", pgettext_lazy("state", "Withdrawn")
    HIDDEN = "hidden", pgettext_lazy("state", "Hidden")


class Visibility(models.TextChoices):
    """Who may read a published noun."""

    PUBLIC = "public", pgettext_lazy("visibility", "Public")
    MEMBERS = "members", pgettext_lazy("visibility", "Members")
    ORGANISATION = "organisation", pgettext_lazy("visibility", "Organisation")


#: States in which a noun can be read by those its visibility admits. An archived noun keeps its address.
READABLE = (State.PUBLISHED, State.ARCHIVED)


class PublishableQuerySet(models.QuerySet):
    """The one definition of who sees what. Its twin for a single noun is `common.rules.can_see`."""

    #: Path from the noun to the organisations named as partners, "" when it has none.
    partner_path = ""
    #: What a row on that path must meet besides, by look-up.
    partner_condition = {}

    def visible_to(self, user):
        """Everything `user` may open. Signed out, suspended and deactivated people see what is public."""
        public = Q(state__in=READABLE, visibility=Visibility.PUBLIC)
        if not getattr(user, "may_act", False):
            return self.filter(public)
        if user.is_moderator:
            return self.filter(~Q(state=State.DRAFT) | self._of_own_organisation(user))
        readable = Q(state__in=READABLE)
        seen = public | Q(readable, visibility=Visibility.MEMBERS) | self._of_own_organisation(user)
        if self.partner_path:
            seen |= Q(readable, pk__in=self._of_partner(user))
        return self.filter(seen)

    def listed(self):
        """What stands in catalogues, counts, feeds, exports and the sitemap: published, not archived."""
        return self.filter(state=State.PUBLISHED)

    def _of_own_organisation(self, user):
        return Q(organisation__in=user.memberships.values("organisation"))

    def _of_partner(self, user):
        partners = {f"{self.partner_path}__in": user.memberships.values("organisation"), **self.partner_condition}
        return self.model._base_manager.filter(**partners).values("pk")


class Publishable(models.Model):
    """State, visibility and the dates of a publishable noun. Only the noun's actions write them."""

    state = models.CharField(max_length=12, choices=State, default=State.DRAFT, editable=False)
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.PUBLIC)
    state_reason = models.TextField(blank=True, editable=False)
    state_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

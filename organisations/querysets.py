"""Which organisations somebody sees."""

from django.db import models
from django.db.models import F, Q


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Verified organisations for everybody; proposals for their members and for moderators."""
        verified = Q(verified_at__isnull=False)
        if not getattr(user, "may_act", False):
            return self.filter(verified)
        if user.is_moderator:
            return self.all()
        return self.filter(verified | Q(pk__in=user.memberships.values("organisation")))

    def for_moderation(self):
        """Proposals first, the oldest before the newer; then what is verified, the newest first."""
        return self.select_related("municipality", "verified_by").order_by(F("verified_at").desc(nulls_first=True), "created_at", "pk")

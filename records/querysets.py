"""Questions about what is kept of other nouns."""

from django.contrib.contenttypes.models import ContentType
from django.db import models


class TargetedQuerySet(models.QuerySet):
    def about(self, target):
        """The rows of one noun."""
        return self.filter(target_type=ContentType.objects.get_for_model(target), target_id=target.pk)

    def of(self, nouns):
        """The rows of all of `nouns`, a queryset."""
        return self.filter(target_type=ContentType.objects.get_for_model(nouns.model), target_id__in=nouns.order_by().values("pk"))


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, and all for moderators: whoever moderates no longer reads them no longer, also under the bell."""
        if not getattr(user, "may_act", False):
            return self.none()
        return self.all() if user.is_moderator else self.filter(by=user)

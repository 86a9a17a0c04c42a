"""Which questions somebody sees."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, DateTimeField, F, Q, When

from conversations.enums import QuestionState


class QuestionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What is published, on targets that `user` sees; one's own also while it waits; all that waits for moderators."""
        seen = self._on_targets_seen_by(user)
        if not getattr(user, "may_act", False):
            return self.filter(seen, state=QuestionState.PUBLISHED)
        if user.is_moderator:
            return self.filter(seen).exclude(state=QuestionState.UNCONFIRMED)
        own = Q(asked_by=user) & ~Q(state=QuestionState.UNCONFIRMED)
        return self.filter(seen).filter(Q(state=QuestionState.PUBLISHED) | own)

    def _on_targets_seen_by(self, user):
        """Who sees a target is asked of its own `visible_to`; what has none is seen by nobody."""
        kinds = ContentType.objects.filter(pk__in=self.model._base_manager.order_by().values("target_type").distinct())
        seen = Q(pk__in=[])
        for kind in kinds:
            targets = getattr(kind.model_class() and kind.model_class()._default_manager, "visible_to", None)
            if targets:
                seen |= Q(target_type=kind, target_id__in=targets(user).order_by().values("pk"))
        return seen

    def about(self, target):
        """Those on one noun."""
        return self.filter(target_type=ContentType.objects.get_for_model(target), target_id=target.pk)

    def waiting(self):
        """What a moderator or an author is to look at, the oldest first."""
        return self.filter(state=QuestionState.WAITING).order_by("waiting_since", "pk")

    def in_order(self):
        """What waits, the oldest first; then what was decided, the newest first."""
        waits = Case(When(state=QuestionState.WAITING, then="waiting_since"), output_field=DateTimeField())
        return self.annotate(waits=waits).order_by(F("waits").asc(nulls_last=True), "-created_at", "-pk")

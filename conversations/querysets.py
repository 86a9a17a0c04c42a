"""Which questions, threads and posts somebody sees."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, DateTimeField, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from conversations.enums import QuestionState, ThreadKind

#: What nobody has written in for so long is not unread for those who never opened it: a new member owes nobody three years of reading.
FRESH_FOR = timedelta(days=60)


class OnTargets(models.QuerySet):
    """Rows about any noun. Who sees a target is asked of its own `visible_to`; what has none is seen by nobody."""

    def about(self, target):
        """Those on one noun."""
        return self.filter(target_type=ContentType.objects.get_for_model(target), target_id=target.pk)

    def _on_targets_seen_by(self, user):
        rows = self.model._base_manager.order_by().filter(target_type=OuterRef("pk"))
        seen = Q(pk__in=[])
        for kind in ContentType.objects.filter(Exists(rows)):
            targets = getattr(kind.model_class() and kind.model_class()._default_manager, "visible_to", None)
            if targets:
                seen |= Q(target_type=kind, target_id__in=targets(user).order_by().values("pk"))
        return seen


class QuestionQuerySet(OnTargets):
    def visible_to(self, user):
        """What is published, on targets that `user` sees; one's own also while it waits; all that waits for moderators."""
        seen = self._on_targets_seen_by(user)
        if not getattr(user, "may_act", False):
            return self.filter(seen, state=QuestionState.PUBLISHED)
        if user.is_moderator:
            return self.filter(seen).exclude(state=QuestionState.UNCONFIRMED)
        own = Q(asked_by=user) & ~Q(state=QuestionState.UNCONFIRMED)
        return self.filter(seen).filter(Q(state=QuestionState.PUBLISHED) | own)

    def waiting(self):
        """What a moderator or an author is to look at, the oldest first."""
        return self.filter(state=QuestionState.WAITING).order_by("waiting_since", "pk")

    def in_order(self):
        """What waits, the oldest first; then what was decided, the newest first."""
        waits = Case(When(state=QuestionState.WAITING, then="waiting_since"), output_field=DateTimeField())
        return self.annotate(waits=waits).order_by(F("waits").asc(nulls_last=True), "-created_at", "-pk")


class ThreadQuerySet(OnTargets):
    def visible_to(self, user):
        """Threads are read by members of the portal who see the target; one that was taken away by moderators only."""
        if not getattr(user, "may_act", False):
            return self.none()
        seen = self.filter(self._on_targets_seen_by(user))
        return seen if user.is_moderator else seen.standing()

    def visible_on(self, target, user):
        """The same for one target that its own `visible_to` gave to `user`: nothing is asked twice."""
        if not getattr(user, "may_act", False):
            return self.none()
        seen = self.about(target)
        return seen if user.is_moderator else seen.standing()

    def standing(self):
        """Not taken away."""
        return self.filter(removed_at__isnull=True)

    def discussions(self):
        return self.filter(kind=ThreadKind.DISCUSSION)

    def listed(self):
        """What stands in lists and counts: discussions that were not taken away."""
        return self.discussions().standing()

    def in_order(self):
        """Pinned ones first, then what was written in last."""
        return self.order_by("-is_pinned", "-last_post_at", "-pk")

    def unanswered(self):
        """Nobody has written but who began it."""
        return self.filter(post_count=1)

    def with_part_of(self, user):
        """What `user` began or wrote in."""
        posts = self.model._meta.get_field("posts").related_model._base_manager.filter(thread=OuterRef("pk"), author=user)
        return self.filter(Q(started_by=user) | Exists(posts))

    def with_read_by(self, user, now):
        """With `read_to`, the number of the last post that `user` has read; 0 for one who never opened it.

        What was quiet for long and never opened counts as read.
        """
        markers = self.model._meta.get_field("read_markers").related_model._base_manager
        mine = markers.filter(thread=OuterRef("pk"), user=user).values("last_number")[:1]
        unopened = Case(When(last_post_at__lte=now - FRESH_FOR, then=F("post_count")), default=Value(0), output_field=IntegerField())
        return self.annotate(read_to=Coalesce(Subquery(mine), unopened))

    def unread_by(self, user, now):
        return self.with_read_by(user, now).filter(read_to__lt=F("post_count"))


class PostQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Posts of threads that `user` sees. What was taken away is read by moderators only; its place in the thread stays."""
        threads = self.model._meta.get_field("thread").related_model._default_manager.visible_to(user)
        seen = self.filter(thread__in=threads.order_by().values("pk"))
        return seen if getattr(user, "may_act", False) and user.is_moderator else seen.standing()

    def standing(self):
        return self.filter(removed_at__isnull=True)


class PostDraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A member's own drafts; nobody else's."""
        return self.filter(user=user) if getattr(user, "may_act", False) else self.none()

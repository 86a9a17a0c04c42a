"""Questions about notifications and deliveries."""

from django.db import models
from django.db.models import Count, Q

from notifications.enums import DeliveryState


class FollowQuerySet(models.QuerySet):
    def of_nouns(self, pairs):
        """Follows of any of these nouns, given as (content type id, primary key)."""
        wanted = Q(pk__in=())
        for type_id, pk in pairs:
            wanted |= Q(target_type=type_id, target_id=pk)
        return self.filter(wanted)


class OutboxQuerySet(models.QuerySet):
    def waiting(self, now):
        """Entries nobody was told of yet, whose next try is due."""
        return self.filter(fanned_out_at=None, next_attempt_at__lte=now).order_by("pk")


class NotificationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A member's own notifications; nobody else's."""
        return self.filter(user=user) if getattr(user, "may_act", False) else self.none()

    def unread(self):
        return self.filter(read_at=None)

    def for_list(self):
        """With everything a row of the list shows, newest first."""
        return self.select_related("entry__by", "entry__target_type").order_by("-pk")


class RunQuerySet(models.QuerySet):
    def with_states(self):
        """Each with the number of its deliveries in every state, named as the state; planned is their sum."""
        return self.annotate(**{str(state): Count("deliveries", filter=Q(deliveries__state=state)) for state in DeliveryState})


class DeliveryQuerySet(models.QuerySet):
    def due(self, now):
        """Waiting deliveries whose time has come, the most pressing first; none of a run that is halted."""
        due = self.filter(Q(run=None) | Q(run__halted_at=None), state=DeliveryState.PENDING, next_attempt_at__lte=now)
        return due.order_by("priority", "next_attempt_at", "pk")

    def expired(self, now):
        """Claimed or being sent by somebody whose time has run out."""
        return self.filter(state__in=(DeliveryState.CLAIMED, DeliveryState.SENDING), lease_until__lt=now)

    def for_list(self):
        """With everything a row of the administration shows, newest first."""
        return self.select_related("user", "entry").order_by("-pk")

    def count_by_state(self):
        """`{state: number}` for every state, in their order."""
        found = dict(self.order_by().values_list("state").annotate(Count("pk")))
        return {state: found.get(state, 0) for state in DeliveryState}

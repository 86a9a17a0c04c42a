"""Action points as they live on after a meeting: who does it, by when, and who was reminded."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import ActionState
from events.models.events import Event
from events.models.minutes import ACTION_LIMIT, member
from events.querysets import ActionPointQuerySet


class ActionPoint(models.Model):
    """Something that was agreed in approved minutes. `key` is that of its line there; owner and date may change afterwards."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="action_points")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    text = models.CharField(_("what is to be done"), max_length=ACTION_LIMIT)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="action_points"
    )
    owner_name = models.CharField(_("who does it"), max_length=160, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    state = models.CharField(max_length=7, choices=ActionState, default=ActionState.OPEN, editable=False)
    note = models.CharField(_("what came of it"), max_length=500, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)
    finished_by = member()
    revision = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ActionPointQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("action point")
        constraints = [models.UniqueConstraint(fields=["event", "key"], name="action_once")]
        indexes = [models.Index(fields=["due_on", "id"], condition=Q(state=ActionState.OPEN), name="action_due")]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return f"{reverse('events:my_actions')}#action-{self.pk}"

    @property
    def is_open(self):
        return self.state == ActionState.OPEN

    def is_overdue(self, today):
        """Shown, never a state."""
        return self.is_open and self.due_on is not None and self.due_on < today


class ActionReminder(models.Model):
    """A reminder that was given: one for each action point and period, whoever runs the clock."""

    action = models.ForeignKey(ActionPoint, on_delete=models.CASCADE, related_name="reminders")
    period = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "period"], name="action_reminder_once")]

    def __str__(self):
        return f"{self.action_id}: {self.period}"

"""What a meeting is to talk about and what came of it: agenda, minutes in versions, decisions."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.search import TextVector
from events.enums import ItemState, MinutesState, Presence
from events.models.events import Event
from events.querysets import AgendaItemQuerySet, DecisionQuerySet, MinutesQuerySet
from organisations.models import Organisation
from workinggroups.models import WorkingGroup

ITEM_LIMIT, POINT_LIMIT, DECISION_LIMIT, DISSENT_LIMIT, ACTION_LIMIT = 5_000, 20_000, 4_000, 2_000, 500


def member(name="+"):
    """Somebody who did something or is named; the row outlives the account."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name=name)


class AgendaItem(models.Model):
    """One thing a meeting is to talk about: planned by its host, or proposed by a member of the host."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=200)
    presenter = models.CharField(_("who presents it"), max_length=120, blank=True)
    length = models.PositiveSmallIntegerField(_("minutes it takes"), null=True, blank=True)
    text = models.TextField(_("what it is about"), max_length=ITEM_LIMIT, blank=True)
    state = models.CharField(max_length=8, choices=ItemState, default=ItemState.PLANNED, editable=False)
    proposed_by = member()
    answer = models.TextField(max_length=1_000, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    attachments = GenericRelation("records.Attachment", content_type_field="target_type", object_id_field="target_id")

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("agenda item")
        indexes = [models.Index(fields=["event", "state", "position"], name="agenda_order")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{reverse('events:agenda', args=[self.event.slug])}#item-{self.pk}"


class Minutes(models.Model):
    """One version of the minutes of an event. While it is a draft it is written; once approved it is never changed.

    Whoever finds a mistake begins a correction: a draft with the next number and a reason, which replaces this one when it is approved.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="minutes")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=MinutesState, default=MinutesState.DRAFT, editable=False)
    language = models.CharField(_("language"), max_length=8)
    remarks = models.TextField(_("opening and general remarks"), max_length=POINT_LIMIT, blank=True)
    #: One more with each save: whoever approves says which one was read.
    revision = models.PositiveIntegerField(default=0, editable=False)
    correction = models.TextField(_("why it is corrected"), max_length=1_000, blank=True, editable=False)
    started_by = member()
    approved_by = member()
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        ordering = ["event", "-version"]
        verbose_name = _("minutes")
        constraints = [
            models.UniqueConstraint(fields=["event", "version"], name="minutes_version_once"),
            models.UniqueConstraint(fields=["event"], condition=Q(state=MinutesState.DRAFT), name="minutes_draft_once"),
            models.UniqueConstraint(fields=["event"], condition=Q(state=MinutesState.APPROVED), name="minutes_in_force_once"),
        ]

    def __str__(self):
        return str(self.event)

    def get_absolute_url(self):
        return reverse("events:minutes", args=[self.event.slug])

    @property
    def is_draft(self):
        return self.state == MinutesState.DRAFT


class MinutesPoint(models.Model):
    """What was said on one point. `key` stays the same from version to version."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="points")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=200)
    presenter = models.CharField(_("who presented it"), max_length=120, blank=True)
    text = models.TextField(_("what was said"), max_length=POINT_LIMIT, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("point")
        constraints = [models.UniqueConstraint(fields=["minutes", "key"], name="minutes_point_once")]

    def __str__(self):
        return self.title


class Attendee(models.Model):
    """Somebody who was there, or sent apologies, as the minutes name him or her: a member of the portal or a guest."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="attendees")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    user = member()
    name = models.CharField(_("name"), max_length=160)
    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    is_deputy = models.BooleanField(_("as a deputy"), default=False)
    presence = models.CharField(_("was there"), max_length=7, choices=Presence, default=Presence.PRESENT)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("participant")
        constraints = [models.UniqueConstraint(fields=["minutes", "key"], name="minutes_attendee_once")]

    def __str__(self):
        return self.name


class Decision(models.Model):
    """What was decided. It gets its number in the host's log when the minutes are approved, and keeps it in every correction."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="decisions")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    point = models.ForeignKey(MinutesPoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions")
    text = models.TextField(_("decision"), max_length=DECISION_LIMIT)
    organisations = models.ManyToManyField(Organisation, blank=True, related_name="decisions")
    dissent = models.TextField(_("dissent"), max_length=DISSENT_LIMIT, blank=True)
    #: Of the host, copied from the event, so that its log is numbered without a gap and asked without a join.
    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="decisions")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="decisions_made")
    decided_on = models.DateField()
    year = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    number = models.PositiveIntegerField(null=True, blank=True, editable=False)
    is_in_force = models.BooleanField(default=False, editable=False)
    language = models.CharField(max_length=8)
    vector = models.GeneratedField(
        expression=TextVector({"text": "A", "dissent": "C"}, folded=["text"]), output_field=SearchVectorField(), db_persist=True
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("decision")
        constraints = [
            models.UniqueConstraint(fields=["minutes", "key"], name="decision_once"),
            models.UniqueConstraint(
                fields=["group", "organisation", "year", "number"], condition=Q(is_in_force=True), nulls_distinct=False,
                name="decision_number_once",
            ),
        ]  # fmt: skip
        indexes = [
            GinIndex(fields=["vector"], name="decision_vector"),
            models.Index(fields=["-decided_on", "-id"], condition=Q(is_in_force=True), name="decision_log"),
        ]

    def __str__(self):
        return self.reference or self.text[:60]

    def get_absolute_url(self):
        return f"{self.minutes.get_absolute_url()}#decision-{self.reference or self.key}"

    @property
    def reference(self):
        """“2026-7”; "" before the minutes are approved."""
        return f"{self.year}-{self.number}" if self.number else ""


class AgreedAction(models.Model):
    """What the minutes say is to be done, by whom and by when. What becomes of it stands in its `ActionPoint`."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="agreed")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("what is to be done"), max_length=ACTION_LIMIT)
    owner = member()
    owner_name = models.CharField(_("who does it"), max_length=160, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("action point")
        constraints = [models.UniqueConstraint(fields=["minutes", "key"], name="agreed_action_once")]

    def __str__(self):
        return self.text

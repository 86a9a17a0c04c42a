"""Events: meetings, webinars, courses and open days, and who takes part."""

import uuid
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from common.languages import TextRow, pick_text
from common.publishing import READABLE as READABLE_NOUNS
from common.search import TextVector
from events.enums import Kind, RegistrationState, State, Visibility, Way
from events.querysets import EventQuerySet, RegistrationQuerySet
from organisations.models import Organisation
from projects.models import Project
from taxonomy.models import Municipality, TaggedNoun, Theme
from workinggroups.enums import GroupVisibility
from workinggroups.models import WorkingGroup

DESCRIPTION_LIMIT = 20_000
ANSWER_LIMIT = 1_000
MOST_SEATS = 100_000


def portal_time_zone():
    return settings.TIME_ZONE


class Event(models.Model):
    """Something people meet for. Held by an organisation or a working group; by the portal where it has neither.

    The moments are kept as such and shown in the event's own time zone, whoever reads. `sequence` grows with each change that a
    calendar must hear of; `uid` stays for ever.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    #: Who writes the minutes, besides those who write for the host.
    minute_taker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.MEETING)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT, editable=False)
    state_reason = models.TextField(max_length=2_000, blank=True, editable=False)
    state_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    visibility = models.CharField(_("visibility"), max_length=7, choices=Visibility, default=Visibility.PUBLIC)
    time_zone = models.CharField(_("time zone"), max_length=40, default=portal_time_zone)
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    place = models.CharField(_("place"), max_length=200, blank=True)
    directions = models.CharField(_("how to get there"), max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    #: Shown to those who are registered, and to the hosts.
    online_url = models.URLField(_("link to take part online"), max_length=500, blank=True)
    takes_registrations = models.BooleanField(default=True)
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    register_until = models.DateTimeField(_("registration open until"), null=True, blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="events")
    projects = models.ManyToManyField(Project, blank=True, related_name="events")
    tags = TaggableManager(through=TaggedNoun, blank=True)
    attachments = GenericRelation("records.Attachment", content_type_field="target_type", object_id_field="target_id")
    sequence = models.PositiveIntegerField(default=0, editable=False)
    #: One more with each change of what it says: a form that was opened at another revision is stale.
    revision = models.PositiveIntegerField(default=0, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    #: Something it is found by was renamed or merged: the task `events.refresh_index` writes the keywords anew.
    index_stale = models.BooleanField(default=False, db_default=False, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EventQuerySet.as_manager()
    index_sources = ("organisation", "municipality", "themes", "tags")

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(condition=Q(organisation=None) | Q(group=None), name="event_one_host"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_end_after_start"),
            models.CheckConstraint(condition=Q(capacity=None) | Q(capacity__gte=1), name="event_seats_positive"),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], condition=Q(state__in=["published", "cancelled"]), name="event_calendar"),
            models.Index(fields=["id"], condition=Q(index_stale=True), name="event_stale"),
        ]

    def __str__(self):
        return self.text.title if self.text else self.slug

    def get_absolute_url(self):
        return reverse("events:detail", args=[self.slug])

    def clean(self):
        errors = {}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = gettext("The end lies before the start.")
        if self.register_until and self.ends_at and self.register_until > self.ends_at:
            errors["register_until"] = gettext("Registration closes before the event is over.")
        if self.capacity is not None and not 1 <= self.capacity <= MOST_SEATS:
            errors["capacity"] = gettext("Write a number from 1 to 100,000, or nothing where there is no limit.")
        if self.visibility == Visibility.HOST and self.is_of_portal:
            errors["visibility"] = gettext("What the portal itself holds is for everybody or for members.")
        if self.visibility != Visibility.HOST and self.group_id and self.group.visibility == GroupVisibility.PRIVATE:
            errors["visibility"] = gettext("What a private group holds is for its members only.")
        if errors:
            raise ValidationError(errors)

    @property
    def text(self):
        """Title, summary and description in the reader's language, else the original. Prefetch `texts` for lists."""
        return pick_text(self.texts.all())

    @property
    def zone(self):
        return ZoneInfo(self.time_zone)

    @property
    def starts(self):
        """The start on the clock of the event's place."""
        return self.starts_at.astimezone(self.zone)

    @property
    def ends(self):
        return self.ends_at.astimezone(self.zone)

    @property
    def is_of_portal(self):
        return self.organisation_id is None and self.group_id is None

    @property
    def shows_group(self):
        """Whether the group may be named to whoever may read the event: nobody hears of a group by its meetings."""
        if not self.group_id or self.group.state not in READABLE_NOUNS:
            return False
        return self.group.visibility == GroupVisibility.PUBLIC or self.visibility != Visibility.PUBLIC

    @property
    def host(self):
        """The organisation or the group that is named as the host; None where it is the portal, or a group that is not named."""
        return self.organisation or (self.group if self.shows_group else None)

    @property
    def is_hybrid(self):
        """It has a room and a link: whoever registers says which."""
        return bool(self.online_url) and bool(self.place or self.municipality_id)

    @property
    def is_past(self):
        return self.ends_at <= timezone.now()

    @property
    def is_cancelled(self):
        return self.state == State.CANCELLED


class EventText(TextRow):
    """Title, summary and description of an event in one language; exactly one row is the original."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="texts")
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), max_length=600, blank=True)
    description = models.TextField(_("description"), max_length=DESCRIPTION_LIMIT, blank=True)
    vector = models.GeneratedField(
        expression=TextVector({"title": "A", "keywords": "B", "summary": "C", "description": "D"}, folded=["title", "summary", "keywords"]),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("text")
        constraints = [
            models.UniqueConstraint(fields=["event", "language"], name="event_text_language"),
            models.UniqueConstraint(fields=["event"], condition=Q(is_original=True), name="event_text_original"),
        ]
        indexes = [GinIndex(fields=["vector"], name="event_text_vector")]

    def __str__(self):
        return self.title


class AskedAtRegistration(models.Model):
    """A question that whoever registers answers."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(max_length=200)
    is_required = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("question")

    def __str__(self):
        return self.text


class Registration(models.Model):
    """A member who takes part, waits for a seat, or has cancelled. One row for each member and event.

    `number` is the place in the order of coming, given under the event's lock; whoever cancels and comes again gets a new one.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="registrations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="registrations")
    state = models.CharField(max_length=10, choices=RegistrationState)
    way = models.CharField(_("how I take part"), max_length=6, choices=Way, blank=True)
    takes_seat = models.BooleanField(default=True)
    number = models.PositiveIntegerField()
    answers = models.JSONField(default=list, blank=True)  # [{"question": …, "answer": …}], as they were asked
    registered_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    reminded_at = models.DateTimeField(null=True, blank=True)
    attended = models.BooleanField(null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["number", "pk"]
        verbose_name = _("registration")
        constraints = [
            models.UniqueConstraint(fields=["event", "user"], name="registration_once"),
            models.UniqueConstraint(fields=["event", "number"], name="registration_number_once"),
        ]
        indexes = [models.Index(fields=["event", "state", "number"], name="registration_line")]

    def __str__(self):
        return f"{self.user_id} at {self.event_id}: {self.state}"


class CalendarKey(models.Model):
    """What the signed address of a member's own calendar is made with. A new one makes the old address worthless."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_key")
    nonce = models.CharField(max_length=40, editable=False)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"calendar of {self.user_id}"

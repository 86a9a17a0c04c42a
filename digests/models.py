"""What a member wants of the digest. The mails themselves are deliveries of the ledger (notifications)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import PreviewableMixin

from common.targeted import Targeted
from digests.enums import Frequency, IssueState, Weekday
from digests.pins import Pins
from digests.querysets import IssueQuerySet, SubscriptionQuerySet
from organisations.enums import OrganisationType
from taxonomy.models import Municipality, Region, Theme

MOST_MINIMUM = 10
MOST_PINNED = 8


def by_member():
    """Who did something; the row outlives the account."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+")


class Subscription(models.Model):
    """A member's digest: how often, when, from how many things on.

    `since` is when the schedule was chosen: a moment before it never makes a digest due. `started_at` is where the first window begins.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest")
    frequency = models.CharField(_("how often"), max_length=12, choices=Frequency, default=Frequency.WEEKLY)
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday, default=Weekday.MONDAY)
    hour = models.PositiveSmallIntegerField(_("hour"), default=7, validators=[MaxValueValidator(23)])
    minimum = models.PositiveSmallIntegerField(
        _("not under"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_MINIMUM)], help_text=_("news")
    )
    paused_until = models.DateField(_("pause until"), null=True, blank=True)
    #: Sections of the mail that the member does not want.
    without = models.JSONField(default=list, blank=True)
    #: How often it came before a link in a mail stopped it: what "by mistake" leads back to.
    frequency_before = models.CharField(max_length=12, choices=Frequency, blank=True, default="")
    since = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(default=timezone.now)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("digest of a member")
        permissions = [("look_into", _("Can see what would stand in a member's digest"))]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6) & Q(hour__lte=23), name="digest_moment"),
            models.CheckConstraint(condition=Q(minimum__gte=1) & Q(minimum__lte=MOST_MINIMUM), name="digest_minimum"),
        ]
        indexes = [
            models.Index(fields=["frequency", "weekday", "hour"], condition=~Q(frequency=Frequency.OFF), name="digest_schedule"),
        ]

    def __str__(self):
        return f"{self.user_id}: {self.frequency}"

    @property
    def is_on(self):
        return self.frequency != Frequency.OFF


class Muted(Targeted):
    """A group, theme, municipality, organisation or project that a member keeps out of the digest, whatever else he or she follows."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="muted_in_digest")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("noun kept out of a digest")
        constraints = [models.UniqueConstraint(fields=["user", "target_type", "target_id"], name="muted_once")]

    def __str__(self):
        return f"{self.user_id} without {self.target_type_id}:{self.target_id}"


class Heartbeat(models.Model):
    """When the scheduler last looked which digests are due: how others see that it is dead, though nothing fails."""

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("sign of life")

    def __str__(self):
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"


class Issue(PreviewableMixin, models.Model):
    """What the editors say in the digests of one week: an introduction in each language, and things they pin to the top.

    Who gets it is whoever fits each part of the audience that is filled in; an empty one is everybody. Only ready ones are used.
    `intro` is kept by language, as HTML of Wagtail's; it leaves through the one sanitiser (digests.issues).
    """

    week = models.DateField(_("week"))
    intro = models.JSONField(_("introduction"), default=dict, blank=True)
    pinned = StreamField(Pins(max_num=MOST_PINNED), verbose_name=_("pinned to the top"), blank=True)
    organisation_types = ArrayField(
        models.CharField(max_length=16, choices=OrganisationType), default=list, blank=True, verbose_name=_("kinds of organisations")
    )
    themes = models.ManyToManyField(Theme, blank=True, verbose_name=_("followers of themes"), related_name="+")
    municipalities = models.ManyToManyField(Municipality, blank=True, verbose_name=_("municipalities"), related_name="+")
    regions = models.ManyToManyField(Region, blank=True, verbose_name=_("regions"), related_name="+")
    state = models.CharField(_("state"), max_length=5, choices=IssueState, default=IssueState.DRAFT, editable=False)
    created_by, created_at = by_member(), models.DateTimeField(default=timezone.now, editable=False)
    changed_by, changed_at = by_member(), models.DateTimeField(default=timezone.now, editable=False)
    ready_by, ready_at = by_member(), models.DateTimeField(null=True, blank=True, editable=False)
    #: When it stood in a mail for the first time: its week stays from then on.
    used_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["-week", "-pk"]
        verbose_name = _("issue of the digest")
        verbose_name_plural = _("issues of the digest")
        indexes = [models.Index(fields=["week"], condition=Q(state=IssueState.READY), name="issue_ready")]

    def __str__(self):
        return self.week_name

    @property
    def week_name(self):
        """“Week 49, 2026”."""
        year, week, _day = self.week.isocalendar()
        return _("Week %(week)d, %(year)d") % {"week": week, "year": year}

    @property
    def is_ready(self):
        return self.state == IssueState.READY

    @property
    def has_intro(self):
        return any(self.intro.values())

    @property
    def preview_modes(self):
        return [(code, name) for code, name in settings.LANGUAGES]

    def serve_preview(self, request, mode_name):
        from digests.issue_preview import preview_response

        return preview_response(self, request.user, mode_name or self.default_preview_mode)

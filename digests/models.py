"""What a member wants of the digest. The mails themselves are deliveries of the ledger (notifications)."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.targeted import Targeted
from digests.enums import Frequency, Weekday
from digests.querysets import SubscriptionQuerySet

MOST_MINIMUM = 10


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

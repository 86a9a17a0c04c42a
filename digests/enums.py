"""The words of the digest, as in docs/concepts.md."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Frequency(models.TextChoices):
    """How often a member hears. Every period holds at most one digest."""

    OFF = "off", pgettext_lazy("digest", "Never")
    DAILY = "daily", pgettext_lazy("digest", "Every day")
    WEEKLY = "weekly", pgettext_lazy("digest", "Every week")
    FORTNIGHTLY = "fortnightly", pgettext_lazy("digest", "Every two weeks")
    MONTHLY = "monthly", pgettext_lazy("digest", "Every month")


class Weekday(models.IntegerChoices):
    """As ISO 8601 counts them, from Monday, less one."""

    MONDAY = 0, pgettext_lazy("weekday", "Monday")
    TUESDAY = 1, pgettext_lazy("weekday", "Tuesday")
    WEDNESDAY = 2, pgettext_lazy("weekday", "Wednesday")
    THURSDAY = 3, pgettext_lazy("weekday", "Thursday")
    FRIDAY = 4, pgettext_lazy("weekday", "Friday")
    SATURDAY = 5, pgettext_lazy("weekday", "Saturday")
    SUNDAY = 6, pgettext_lazy("weekday", "Sunday")


class IssueState(models.TextChoices):
    """Where an issue of the editors stands. That it stands in mails by now is shown, never a state."""

    DRAFT = "draft", pgettext_lazy("issue", "Draft")
    READY = "ready", pgettext_lazy("issue", "Ready")

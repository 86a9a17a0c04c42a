"""Who follows what, what there is to tell, whom it was told, and the ledger of every mail."""

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.targeted import Targeted
from notifications.enums import Channel, DeliveryState, Hindrance, MailList, MailWord
from notifications.querysets import DeliveryQuerySet, FollowQuerySet, NotificationQuerySet, OutboxQuerySet


def nothing():
    """An empty list; the builtin's name belongs to a field here."""
    return []


class Follow(Targeted):
    """A member who wants to hear of a noun."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "target_type", "target_id"], name="follow_once")]
        indexes = [models.Index(fields=["target_type", "target_id"], name="follow_target")]

    def __str__(self):
        return f"{self.user_id} follows {self.target_type_id}:{self.target_id}"


class OutboxEntry(Targeted):
    """Something that happened and whom it concerns. Written in the transaction of the verb, told by a task.

    `receivers` are [user, reason], `followed` are [type, primary key, names by language] of the nouns whose followers hear of it.
    `context` fills the sentence of the kind; a value may be a mapping of languages. `url` has no language in front. What is `together`
    on one day reads as one in the list: "3 new posts in …".
    """

    kind = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    context = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    note = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)
    receivers = models.JSONField(default=list)
    followed = models.JSONField(default=list)
    together = models.CharField(max_length=120, blank=True)
    fanned_out_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "outbox entries"
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(fanned_out_at=None), name="outbox_waiting"),
            models.Index(fields=["target_type", "target_id"], name="outbox_target"),
        ]

    def __str__(self):
        return f"{self.kind} {self.target_type_id}:{self.target_id}"


class Notification(models.Model):
    """One member told of one entry, in the portal. One that is not shown waits for the digest only, as the member chose."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    entry = models.ForeignKey(OutboxEntry, on_delete=models.CASCADE, related_name="notifications")
    reason = models.CharField(max_length=30)
    followed = models.JSONField(default=dict, blank=True)
    is_shown = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "entry"], name="notification_once")]
        indexes = [
            models.Index(fields=["user", "-id"], name="notification_list"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notification_unread"),
        ]

    def __str__(self):
        return f"{self.entry_id} for {self.user_id}"


class Choice(models.Model):
    """What a member chose for one kind and channel, where it differs from what the portal does by itself.

    The kind "" with the channel mail and False: no mail at once at all.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_choices")
    kind = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=8, choices=Channel)
    is_on = models.BooleanField()
    chosen_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind", "channel"], name="choice_once")]

    def __str__(self):
        return f"{self.user_id}: {self.kind} by {self.channel} {self.is_on}"


class QuietHours(models.Model):
    """When a member wants no mail at once, on his or her own clock: from hour to hour, also over midnight, and on the weekend."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quiet_hours")
    starts = models.PositiveSmallIntegerField(null=True, blank=True)
    ends = models.PositiveSmallIntegerField(null=True, blank=True)
    weekend = models.BooleanField(default=False)
    chosen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("quiet hours")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts=None, ends=None)
                | (Q(starts__isnull=False, ends__isnull=False, starts__lte=23, ends__lte=23) & ~Q(starts=F("ends"))),
                name="quiet_hours_of_a_day",
            ),
        ]

    def __str__(self):
        return f"{self.user_id}: {self.starts}–{self.ends}{', weekend' if self.weekend else ''}"


class Run(models.Model):
    """What one tick planned for a list: unique on the tick's slot, so that two who plan at once make one run.

    A run that is halted waits; one that is cancelled sends nothing more. It is complete when nothing of it is under way; `counts` then
    keeps how many of its deliveries stand in which state, so that nobody counts them again.
    """

    list = models.CharField(max_length=12, choices=MailList)
    slot = models.DateTimeField()
    planned = models.PositiveIntegerField(default=0)
    planned_at = models.DateTimeField(default=timezone.now)
    halted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    alerted_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("run")
        ordering = ["-slot", "-pk"]
        constraints = [models.UniqueConstraint(fields=["list", "slot"], name="run_once")]

    def __str__(self):
        return f"{self.list} {self.slot:%Y-%m-%d %H:%M}"


class Switch(models.Model):
    """A list that is switched off: nothing of it is planned or sent while the row stands."""

    list = models.CharField(max_length=12, choices=MailList, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("switch of a mail list")
        verbose_name_plural = _("switches of mail lists")

    def __str__(self):
        return f"{self.list} is off"


class Delivery(models.Model):
    """The ledger: one mail to one reader, before, while and after it is sent.

    `reader` is the member or a hash of the address; together with list and period it is unique, so that whatever plans a mail may
    run twice. `key` makes the Message-ID: the same on every attempt. `claim` is whoever works on it, until `lease_until`.

    A digest belongs to the `run` that planned it and tells of what is new in its window, `since` ≤ moment < `until`; `held` names
    what it told: [section, noun, primary key] each.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    reader = models.CharField(max_length=70)
    list = models.CharField(max_length=12, choices=MailList)
    period = models.CharField(max_length=120)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="deliveries")
    address = models.CharField(max_length=254, blank=True)  # "": the member's own at the time of sending
    language = models.CharField(max_length=8, blank=True)
    template = models.CharField(max_length=80)
    context = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    entry = models.ForeignKey(OutboxEntry, on_delete=models.CASCADE, null=True, blank=True, related_name="deliveries")
    reason = models.CharField(max_length=30, blank=True)
    stop = models.CharField(max_length=60, blank=True)
    run = models.ForeignKey(Run, on_delete=models.SET_NULL, null=True, blank=True, related_name="deliveries")
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    held = models.JSONField(default=nothing, blank=True)

    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.PENDING)
    priority = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    planned_at = models.DateTimeField(default=timezone.now)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    claim = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["reader", "list", "period"], name="delivery_once"),
            models.CheckConstraint(condition=Q(since=None) | Q(since__lt=F("until")), name="delivery_window"),
        ]
        indexes = [
            models.Index(fields=["priority", "next_attempt_at", "id"], condition=Q(state="pending"), name="delivery_pending"),
            models.Index(fields=["lease_until"], condition=Q(state__in=["claimed", "sending"]), name="delivery_leased"),
            models.Index(fields=["state", "-id"], name="delivery_state"),
            models.Index(fields=["run", "state"], condition=Q(run__isnull=False), name="delivery_run"),
            models.Index(fields=["user", "list", "-id"], condition=Q(until__isnull=False), name="delivery_of_reader"),
        ]

    def __str__(self):
        return f"{self.list} {self.period} to {self.reader}: {self.state}"


class MailEvent(models.Model):
    """What a mail server or provider said of an address: once, however often it says it. Of the address only the hash is kept.

    `is_over`: it works again since, so that this counts no longer.
    """

    source = models.CharField(max_length=20)
    event_id = models.CharField(max_length=200)
    word = models.CharField(max_length=12, choices=MailWord)
    address = models.CharField(max_length=70)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    delivery = models.ForeignKey(Delivery, on_delete=models.SET_NULL, null=True, blank=True, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    said = models.CharField(max_length=300, blank=True)
    is_over = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("answer to a mail")
        constraints = [models.UniqueConstraint(fields=["source", "event_id"], name="mail_event_once")]
        indexes = [models.Index(fields=["address", "word"], name="mail_event_address"), models.Index(fields=["at"], name="mail_event_at")]

    def __str__(self):
        return f"{self.source} {self.event_id}: {self.word}"


class Suppression(models.Model):
    """An address that gets no more than what was asked for, and why. Of the address only the hash is kept."""

    address = models.CharField(max_length=70, unique=True)
    why = models.CharField(max_length=12, choices=Hindrance)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    said = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        ordering = ["-since", "-pk"]

    def __str__(self):
        return f"{self.address}: {self.why}"

"""Bookings: who holds which unit of a lab's offer, and when; visits; the secret address of a lab's calendar."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bookings.enums import BookingKind, BookingState, VisitState
from bookings.querysets import BookingQuerySet, VisitQuerySet, range_of
from livinglabs.models import MOST_UNITS, Offer
from organisations.models import Organisation

TEXT_LIMIT = 2_000


def by_member():
    """Who did something; the row outlives the account."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+")


class Booking(models.Model):
    """Units of an offer held for a period: by an agreement, for a visit, or blocked by the lab itself.

    An agreement and a visit hold one unit, `unit` and `last_unit` being the same; the lab may block several, or all there will ever be.
    Two bookings never hold the same unit at the same time: the verbs see to it with the offer's row held, and the constraint
    `booking_once` is the last line. `uid` stays for ever, `sequence` grows with each change that a calendar must hear of.
    """

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="bookings")
    unit = models.PositiveIntegerField()
    last_unit = models.PositiveIntegerField()
    period = DateTimeRangeField(_("period"))
    kind = models.CharField(max_length=9, choices=BookingKind)
    state = models.CharField(max_length=8, choices=BookingState, default=BookingState.HELD, editable=False)
    title = models.CharField(_("title"), max_length=200, blank=True)
    purpose = models.TextField(_("purpose"), max_length=TEXT_LIMIT, blank=True)
    made_by = by_member()
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    #: When it was given back before its time; what lies before that moment stays held.
    released_at = models.DateTimeField(null=True, blank=True, editable=False)
    release_reason = models.TextField(max_length=TEXT_LIMIT, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["period", "unit", "pk"]
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        constraints = [
            ExclusionConstraint(
                name="booking_once",
                expressions=[
                    (range_of("int8range", "offer_id", "offer_id"), RangeOperators.OVERLAPS),
                    (range_of("int4range", "unit", "last_unit"), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(state=BookingState.HELD),
            ),
            models.CheckConstraint(condition=Q(unit__gte=1, last_unit__gte=F("unit"), last_unit__lte=MOST_UNITS), name="booking_units"),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__lower_inf=False, period__upper_inf=False), name="booking_period"
            ),
        ]

    def __str__(self):
        return self.title or self.get_kind_display()

    @property
    def zone(self):
        return self.offer.lab.zone

    @property
    def starts(self):
        """The start on the clock of the lab."""
        return self.period.lower.astimezone(self.zone)

    @property
    def ends(self):
        return self.period.upper.astimezone(self.zone)

    @property
    def is_held(self):
        return self.state == BookingState.HELD

    @property
    def units(self):
        """“3”, “2–4”; "" where all of them are held."""
        if (self.unit, self.last_unit) == (1, MOST_UNITS):
            return ""
        return str(self.unit) if self.unit == self.last_unit else f"{self.unit}–{min(self.last_unit, self.offer.capacity)}"


class Visit(models.Model):
    """A delegation asks a lab for a date. The lab confirms, declines or proposes another one; once it is confirmed, it holds a unit.

    Moments are kept as such and shown on the clock of the lab.
    """

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="visits")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="visits")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="visits")
    delegation = models.CharField(_("who comes"), max_length=200)
    people = models.PositiveSmallIntegerField(_("how many people"))
    language = models.CharField(_("language"), max_length=8)
    purpose = models.TextField(_("purpose"), max_length=TEXT_LIMIT)
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    state = models.CharField(max_length=9, choices=VisitState, default=VisitState.ASKED, editable=False)
    #: What was said with the last answer: why not, why another date, where to meet.
    answer = models.TextField(max_length=TEXT_LIMIT, blank=True, editable=False)
    #: What it costs, as it was agreed when the visit was confirmed; until then it is what the offer says.
    price = models.CharField(_("price"), max_length=200, blank=True)
    practical = models.TextField(_("where to meet, and what to know"), max_length=TEXT_LIMIT, blank=True)
    booking = models.OneToOneField(Booking, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="visit")
    decided_by = by_member()
    #: Stays for ever; `sequence` grows with each change that a calendar must hear of.
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    thanks = models.TextField(max_length=TEXT_LIMIT, blank=True, editable=False)
    thanked_at = models.DateTimeField(null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    attachments = GenericRelation("records.Attachment", content_type_field="target_type", object_id_field="target_id")
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="visit_end_after_start"),
            models.CheckConstraint(condition=Q(people__gte=1), name="visit_people"),
        ]
        indexes = [
            models.Index(fields=["offer", "state", "starts_at"], name="visit_of_offer"),
            models.Index(fields=["asked_by", "starts_at"], name="visit_of_guest"),
            models.Index(fields=["starts_at"], condition=Q(state=VisitState.CONFIRMED, reminded_at=None), name="visit_to_remind"),
        ]

    def __str__(self):
        return f"{self.delegation} → {self.offer.lab}"

    def get_absolute_url(self):
        return reverse("visits:detail", args=[self.pk])

    @property
    def starts(self):
        return self.starts_at.astimezone(self.offer.lab.zone)

    @property
    def ends(self):
        return self.ends_at.astimezone(self.offer.lab.zone)

    @property
    def is_past(self):
        return self.ends_at <= timezone.now()


class LabCalendarKey(models.Model):
    """What the signed address of a lab's calendar is made with, for one of the lab's people. A new one makes the old address worthless."""

    lab = models.ForeignKey("livinglabs.LivingLab", on_delete=models.CASCADE, related_name="calendar_keys")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lab_calendar_keys")
    nonce = models.CharField(max_length=40, editable=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lab", "user"], name="lab_calendar_key_once")]

    def __str__(self):
        return f"calendar of {self.lab_id} for {self.user_id}"

"""Test requests: what somebody wants to try in a living lab, and what each lab that was asked says to it."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bookings.models import Booking
from livinglabs.enums import HIGHEST_TRL, LOWEST_TRL
from livinglabs.models import LivingLab, Offer
from organisations.models import Organisation
from taxonomy.models import Municipality
from testrequests.enums import OPEN, PersonalData, Publishing, Side, State, Turn
from testrequests.querysets import ApplicationQuerySet, ConfidentialQuerySet, TaskQuerySet, TestRequestQuerySet

TEXT_LIMIT = 4_000  # characters of one answer
SECRET_LIMIT = 8_000
TERMS_LIMIT = 12_000
MOST_LABS = 8


def by():
    """A member who did something; the row outlives the account."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+")


def answer(label, limit=TEXT_LIMIT):
    return models.TextField(label, max_length=limit, blank=True)


class TestRequest(models.Model):
    """What an organisation wants to test. Each lab it is sent to answers by itself: its `Application`.

    `key` comes with the form: the same form sent twice is one draft.
    """

    __test__ = False  # no test of pytest's

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="test_requests")
    created_by = by()
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    tested = answer(_("what is tested"))
    problem = answer(_("which problem it solves"))
    product = answer(_("the product"))
    #: Technology readiness level, see `livinglabs.enums.TRL`.
    trl = models.PositiveSmallIntegerField(_("readiness"), null=True, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="test_requests")
    place = models.CharField(_("place"), max_length=200, blank=True)
    users = answer(_("who takes part or is affected"))
    personal_data = models.CharField(_("personal data"), max_length=6, choices=PersonalData, blank=True)
    data_what = answer(_("which data, about whom"))
    data_basis = answer(_("on what legal basis"))
    data_kept = answer(_("where they are kept and for how long"))
    permits = answer(_("permits"))
    needs = answer(_("what is needed of the lab"))
    benefit = answer(_("benefit for the municipality"))
    publishing = models.CharField(_("results to be published"), max_length=7, choices=Publishing, blank=True)
    results = answer(_("what will be known afterwards"))
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: One more with each change of what it says: a form that was opened at another revision is stale.
    revision = models.PositiveIntegerField(default=0, editable=False)
    attachments = GenericRelation("records.Attachment", content_type_field="target_type", object_id_field="target_id")
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TestRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("test request")
        verbose_name_plural = _("test requests")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="test_request_period"
            ),
            models.CheckConstraint(condition=Q(trl=None) | Q(trl__gte=LOWEST_TRL, trl__lte=HIGHEST_TRL), name="test_request_trl"),
        ]
        indexes = [models.Index(fields=["organisation", "sent_at"], name="test_request_organisation")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("testrequests:detail", args=[self.pk])

    def clean(self):
        errors = {}
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            errors["ends_on"] = gettext("The end lies before the start.")
        if self.trl is not None and not LOWEST_TRL <= self.trl <= HIGHEST_TRL:
            errors["trl"] = gettext("A level lies between 1 and 9.")
        if errors:
            raise ValidationError(errors)

    @property
    def is_draft(self):
        return self.sent_at is None


class ConfidentialPart(models.Model):
    """What of a request only its organisation and the labs asked read; its files hang on it, so that they are kept as closely."""

    request = models.OneToOneField(TestRequest, on_delete=models.CASCADE, related_name="confidential")
    text = models.TextField(_("confidential part"), max_length=SECRET_LIMIT, blank=True)
    attachments = GenericRelation("records.Attachment", content_type_field="target_type", object_id_field="target_id")

    objects = ConfidentialQuerySet.as_manager()

    class Meta:
        verbose_name = _("confidential part of a test request")

    def __str__(self):
        return str(self.request)

    def get_absolute_url(self):
        return self.request.get_absolute_url()


class Application(models.Model):
    """A request at one lab: its state, who must act now, and what both have agreed.

    `organisation` is the request's: who asks is found without a join. `turn` and `due_on` are written by every verb, so that lists and
    reminders ask nothing else.
    """

    request = models.ForeignKey(TestRequest, on_delete=models.CASCADE, related_name="applications")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="test_applications")
    lab = models.ForeignKey(LivingLab, on_delete=models.PROTECT, related_name="test_applications")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, null=True, blank=True, related_name="test_applications")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    state_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    reason = models.TextField(max_length=2_000, blank=True, editable=False)
    turn = models.CharField(max_length=7, choices=Turn, blank=True, default=Turn.COMPANY, editable=False)
    due_on = models.DateField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: The lab's first answer of any kind.
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: The version both sides have accepted last: it is in force until both accept another one.
    agreed_terms = models.ForeignKey("Terms", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    booking = models.OneToOneField(
        Booking, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="test_application"
    )
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    last_activity_at = models.DateTimeField(default=timezone.now, editable=False)
    attachments = GenericRelation("records.Attachment", content_type_field="target_type", object_id_field="target_id")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-last_activity_at", "-pk"]
        verbose_name = _("test request at a lab")
        constraints = [models.UniqueConstraint(fields=["request", "lab"], name="application_lab_once")]
        indexes = [
            models.Index("organisation", F("last_activity_at").desc(), F("id").desc(), name="application_organisation"),
            models.Index("lab", F("last_activity_at").desc(), F("id").desc(), name="application_lab"),
            models.Index("lab", "state", F("last_activity_at").desc(), F("id").desc(), name="application_board"),
            models.Index(fields=["due_on"], condition=Q(state__in=OPEN), name="application_due"),
        ]

    def __str__(self):
        return str(self.request)

    def get_absolute_url(self):
        return reverse("testrequests:application", args=[self.request_id, self.pk])

    @property
    def is_open(self):
        return self.state in OPEN

    def is_overdue_at(self, today):
        """Shown, never a state; the twin of `ApplicationQuerySet.overdue`."""
        return self.is_open and self.due_on is not None and self.due_on < today

    @property
    def is_overdue(self):
        return self.is_overdue_at(timezone.localdate())


class Terms(models.Model):
    """One version of what the two agree on, and which side has accepted it. A change is a new version, which needs both again."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="terms")
    version = models.PositiveIntegerField()
    text = models.TextField(_("terms"), max_length=TERMS_LIMIT)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    price = models.CharField(_("price"), max_length=200, blank=True)
    proposed_by = by()
    proposed_for = models.CharField(max_length=7, choices=Side)
    created_at = models.DateTimeField(default=timezone.now)
    company_by = by()
    company_at = models.DateTimeField(null=True, blank=True, editable=False)
    lab_by = by()
    lab_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-version"]
        verbose_name = _("terms")
        constraints = [
            models.UniqueConstraint(fields=["application", "version"], name="terms_version_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="terms_period"),
        ]

    def __str__(self):
        return f"{self.application_id} v{self.version}"

    def clean(self):
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": gettext("The end lies before the start.")})

    @property
    def waits_for(self):
        """The sides that have not accepted it."""
        return [side for side, at in ((Side.COMPANY, self.company_at), (Side.LAB, self.lab_at)) if at is None]

    @property
    def is_accepted(self):
        return not self.waits_for


class Task(models.Model):
    """Something one of the sides does until a day. `key` comes with the form: the same form sent twice is one task."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="tasks")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("task"), max_length=200)
    side = models.CharField(_("for"), max_length=7, choices=Side)
    due_on = models.DateField(_("due"), null=True, blank=True)
    created_by = by()
    created_at = models.DateTimeField(default=timezone.now)
    done_by = by()
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    reminded_on = models.DateField(null=True, blank=True, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = [F("done_at").asc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk"]
        verbose_name = _("task")
        indexes = [models.Index(fields=["due_on"], condition=Q(done_at=None), name="test_task_due")]

    def __str__(self):
        return self.title

    def is_overdue_at(self, today):
        return self.done_at is None and self.due_on is not None and self.due_on < today

    @property
    def is_overdue(self):
        return self.is_overdue_at(timezone.localdate())

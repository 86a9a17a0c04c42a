"""Test reports: what was tried at a lab, what came out, and whether it goes on."""

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

from common.languages import TextRow, pick_text
from common.search import TextVector
from livinglabs.models import LivingLab
from organisations.models import Organisation
from projects.models import Project
from testreports.enums import GoesOn, State, Visibility
from testreports.querysets import TestReportQuerySet
from testrequests.enums import Side
from testrequests.models import Application

TEXT_LIMIT = 20_000


class TestReport(models.Model):
    """What a test left behind: written by one side, agreed to by the other. One for each application that was agreed on.

    `released_at` is when others may read it: the moment both have agreed, or the day the embargo ends.
    """

    __test__ = False  # no test of pytest's

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="report")
    lab = models.ForeignKey(LivingLab, on_delete=models.PROTECT, related_name="test_reports")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="test_reports")
    project = models.ForeignKey(
        Project, on_delete=models.SET_NULL, null=True, blank=True, related_name="test_reports", verbose_name=_("project")
    )
    #: The project that somebody made out of it.
    grown_into = models.ForeignKey(Project, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="grown_from")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    slug = models.SlugField(max_length=120, unique=True)
    side = models.CharField(max_length=7, choices=Side, editable=False)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT, editable=False)
    state_reason = models.TextField(max_length=2_000, blank=True, editable=False)
    state_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    visibility = models.CharField(_("who may read it"), max_length=7, choices=Visibility, default=Visibility.PUBLIC)
    embargo_until = models.DateField(_("embargo until"), null=True, blank=True)
    start_date = models.DateField(_("tested from"), null=True, blank=True)
    end_date = models.DateField(_("tested until"), null=True, blank=True)
    goes_on = models.CharField(_("would the host go on?"), max_length=7, choices=GoesOn, blank=True)
    goes_on_why = models.TextField(_("why"), max_length=2_000, blank=True)
    attachments = GenericRelation("records.Attachment", content_type_field="target_type", object_id_field="target_id")
    is_demo = models.BooleanField(default=False, editable=False)
    #: Something it is found by was renamed or merged: the task `testreports.refresh_index` writes the keywords anew.
    index_stale = models.BooleanField(default=False, db_default=False, editable=False)
    #: One more with each change of what it says: a form that was opened at another revision is stale.
    revision = models.PositiveIntegerField(default=0, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    released_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: When followers were told: once, when it can be read by others for the first time.
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TestReportQuerySet.as_manager()
    index_sources = ("lab__organisation", "organisation", "lab__themes", "lab__sites__municipality")

    class Meta:
        ordering = ["-released_at", "-pk"]
        verbose_name = _("test report")
        verbose_name_plural = _("test reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(start_date=None) | Q(end_date=None) | Q(end_date__gte=F("start_date")), name="report_end_after_start"
            ),
            models.CheckConstraint(condition=~Q(state="published") | Q(released_at__isnull=False), name="report_published_is_released"),
        ]
        indexes = [
            models.Index(F("released_at").desc(), F("id").desc(), condition=Q(state=State.PUBLISHED), name="report_newest"),
            models.Index(fields=["released_at"], condition=Q(state=State.PUBLISHED, told_at=None), name="report_untold"),
            models.Index(fields=["id"], condition=Q(index_stale=True), name="report_stale"),
        ]

    def __str__(self):
        return self.text.title if self.text else self.slug

    def get_absolute_url(self):
        return reverse("testreports:detail", args=[self.slug])

    def clean(self):
        errors = {}
        if self.start_date and self.end_date and self.end_date < self.start_date:
            errors["end_date"] = gettext("The end lies before the start.")
        for name in ("embargo_until", "start_date", "end_date"):
            day = getattr(self, name)
            if day is not None and not 2000 <= day.year <= 2100:
                errors[name] = gettext("Write a day between 2000 and 2100.")
        if errors:
            raise ValidationError(errors)

    @property
    def text(self):
        """Title and texts in the reader's language, else the original. Prefetch `texts` for lists."""
        return pick_text(self.texts.all())

    def is_released_at(self, now):
        return self.state == State.PUBLISHED and self.released_at <= now

    @property
    def is_under_embargo(self):
        """Agreed by both, and not to be read by others yet."""
        return self.state == State.PUBLISHED and self.released_at > timezone.now()


class TestReportText(TextRow):
    """What a report says, in one language; exactly one row is the original."""

    __test__ = False

    report = models.ForeignKey(TestReport, on_delete=models.CASCADE, related_name="texts")
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("in two sentences"), max_length=600, blank=True)
    done = models.TextField(_("what was done"), max_length=TEXT_LIMIT, blank=True)
    worked = models.TextField(_("what worked"), max_length=TEXT_LIMIT, blank=True)
    failed = models.TextField(_("what did not work"), max_length=TEXT_LIMIT, blank=True)
    vector = models.GeneratedField(
        expression=TextVector(
            {"title": "A", "keywords": "B", "summary": "C", "done": "D", "worked": "D", "failed": "D"},
            folded=["title", "summary", "keywords"],
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("text")
        constraints = [
            models.UniqueConstraint(fields=["report", "language"], name="report_text_language"),
            models.UniqueConstraint(fields=["report"], condition=Q(is_original=True), name="report_text_original"),
        ]
        indexes = [GinIndex(fields=["vector"], name="report_text_vector")]

    def __str__(self):
        return self.title


class Measured(models.Model):
    """An indicator before, as aimed at, and as it came out: told like the results of a project."""

    report = models.ForeignKey(TestReport, on_delete=models.CASCADE, related_name="results")
    indicator = models.CharField(max_length=160)
    unit = models.CharField(max_length=40, blank=True)
    baseline = models.DecimalField(max_digits=16, decimal_places=3, null=True, blank=True)
    target = models.DecimalField(max_digits=16, decimal_places=3, null=True, blank=True)
    actual = models.DecimalField(max_digits=16, decimal_places=3, null=True, blank=True)
    method = models.CharField(max_length=300, blank=True)
    period = models.CharField(max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("result")

    def __str__(self):
        return self.indicator


class DataLink(models.Model):
    """A data set or a page about the test, elsewhere on the web."""

    report = models.ForeignKey(TestReport, on_delete=models.CASCADE, related_name="links")
    url = models.URLField(max_length=500)
    label = models.CharField(max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("link")

    def __str__(self):
        return self.label or self.url

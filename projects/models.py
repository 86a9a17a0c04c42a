"""Projects: what was tried, where, by whom, what it cost and how it went."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.fields import ArrayField
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
from common.publishing import Publishable, State
from common.search import TextVector
from organisations.models import Organisation
from projects.enums import NAMED, Kind, LessonKind, PartnerRole, PartnerState, Phase
from projects.querysets import ProjectQuerySet
from taxonomy.models import Goal, Municipality, TaggedNoun, Theme

#: A tsvector ends at 1 MB; 60,000 characters stay below it in every language.
STORY_LIMIT = 60_000


class Project(Publishable):
    """A Smart City project, owned by an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="projects")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    phase = models.CharField(_("phase"), max_length=14, choices=Phase, blank=True)  # "" in drafts only
    stopped_reason = models.TextField(_("why it was stopped"), max_length=2_000, blank=True)
    start_date = models.DateField(_("start"), null=True, blank=True)
    end_date = models.DateField(_("end"), null=True, blank=True)
    budget = models.DecimalField(_("budget"), max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    programme = models.CharField(_("funding programme"), max_length=160, blank=True)
    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact's e-mail address"), blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="projects")
    goals = models.ManyToManyField(Goal, blank=True, related_name="projects")
    tags = TaggableManager(through=TaggedNoun, blank=True)
    attachments = GenericRelation("records.Attachment", content_type_field="target_type", object_id_field="target_id")
    is_demo = models.BooleanField(default=False, editable=False)
    source = models.CharField(max_length=40, blank=True, editable=False)
    source_key = models.CharField(max_length=120, blank=True, editable=False)
    #: Written by `projects.indexing`: one term for each facet value, such as `theme:energy` or `phase:idea`.
    facet_terms = ArrayField(models.TextField(), default=list, editable=False)
    #: Something it is found by was renamed or merged: `projects.refresh_index` writes terms and keywords anew.
    index_stale = models.BooleanField(default=False, db_default=False, editable=False)
    #: One more with each change of what it says: a form that was opened at another revision is stale.
    revision = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = ProjectQuerySet.as_manager()
    index_sources = (
        "organisation", "partners__organisation", "sites__municipality", "sites__municipality__region", "themes", "tags",
    )  # fmt: skip

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_key"], condition=~Q(source_key=""), name="project_source_key"),
            models.CheckConstraint(
                condition=Q(start_date=None) | Q(end_date=None) | Q(end_date__gte=F("start_date")),
                name="project_end_after_start",
            ),
            models.CheckConstraint(condition=Q(budget=None) | Q(budget__gte=0), name="project_budget_positive"),
        ]
        indexes = [
            models.Index(F("published_at").desc(), F("id").desc(), condition=Q(state=State.PUBLISHED),
                         name="project_newest"),
            GinIndex(fields=["facet_terms"], name="project_facet_terms"),
            models.Index(fields=["id"], condition=Q(index_stale=True), name="project_stale"),
        ]  # fmt: skip

    def __str__(self):
        return self.text.title if self.text else self.slug

    def clean(self):
        errors = {}
        if self.start_date and self.end_date and self.end_date < self.start_date:
            sentence = gettext("The end lies before the start: write %(year)d or later.")
            errors["end_date"] = sentence % {"year": self.start_date.year}
        if self.budget is not None and self.budget < 0:
            errors["budget"] = gettext("A budget is zero or more.")
        if self.budget is not None and not self.currency:
            errors["currency"] = gettext("Say which currency the budget is in.")
        if errors:
            raise ValidationError(errors)

    def get_absolute_url(self):
        return reverse("projects:detail", args=[self.slug])

    @property
    def text(self):
        """Title, summary and story in the reader's language, else the original. Prefetch `texts` for lists."""
        return pick_text(self.texts.all())

    def partner_organisations(self):
        """Ids of the organisations named as partners that have not declined."""
        return {partner.organisation_id for partner in self.partners.all() if partner.organisation_id and partner.state in NAMED}


class ProjectText(TextRow):
    """Title, summary and story of a project in one language; exactly one row is the original."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="texts")
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), max_length=600, blank=True)
    story = models.TextField(_("story"), max_length=STORY_LIMIT, blank=True)
    vector = models.GeneratedField(
        expression=TextVector({"title": "A", "keywords": "B", "summary": "C", "story": "D"}, folded=["title", "summary", "keywords"]),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("text")
        constraints = [
            models.UniqueConstraint(fields=["project", "language"], name="project_text_language"),
            models.UniqueConstraint(fields=["project"], condition=Q(is_original=True), name="project_text_original"),
        ]
        indexes = [GinIndex(fields=["vector"], name="project_text_vector")]

    def __str__(self):
        return self.title


class Site(models.Model):
    """A place where the project happens: a municipality, a point, or both."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="sites")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="sites")
    label = models.CharField(max_length=160, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("site")

    def __str__(self):
        return self.label or str(self.municipality or "")

    def clean(self):
        point = (self.latitude, self.longitude)
        if any(value is None for value in point):
            if not (point == (None, None) and (self.municipality_id or self.label)):
                raise ValidationError(gettext("A site needs a municipality, a label or both numbers of a point."))
        elif not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValidationError(gettext("A latitude lies between −90 and 90, a longitude between −180 and 180."))


class Partner(models.Model):
    """Who takes part, in which role: an organisation of the portal or a name."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="partnerships")
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=10, choices=PartnerRole, default=PartnerRole.PARTNER)
    state = models.CharField(max_length=9, choices=PartnerState, blank=True, default="", db_default="", editable=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("partner")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation", "role"], condition=Q(organisation__isnull=False), name="partner_once"
            ),
            models.CheckConstraint(condition=Q(organisation__isnull=False) | ~Q(name=""), name="partner_named"),
            models.CheckConstraint(condition=Q(organisation__isnull=False) | Q(state=""), name="partner_asked"),
        ]

    def __str__(self):
        return self.organisation.name if self.organisation_id else self.name

    def clean(self):
        if not (self.organisation_id or self.name):
            raise ValidationError(gettext("Name the partner, or choose an organisation."))


class Result(models.Model):
    """What was measured: an indicator before, as aimed at, and as it came out."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="results")
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


class Lesson(models.Model):
    """A lesson learned. What did not work has the same rank as what worked."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="lessons")
    kind = models.CharField(max_length=10, choices=LessonKind)
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=4_000, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("lesson learned")

    def __str__(self):
        return self.title


class Milestone(models.Model):
    """A dated step of the project's timeline."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    date = models.DateField()
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=2_000, blank=True)

    class Meta:
        ordering = ["-date", "-pk"]
        verbose_name = _("milestone")

    def __str__(self):
        return self.title


class Link(models.Model):
    """A web address about the project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="links")
    url = models.URLField(max_length=500)
    label = models.CharField(max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("link")

    def __str__(self):
        return self.label or self.url


class KeptForm(models.Model):
    """What somebody typed into one step of a project's form and has not saved, or what could not be saved as it was.

    The step shows it again to the same person, on any machine. Without a project it is the form of a new one.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, null=True, related_name="kept_forms")
    step = models.CharField(max_length=12)
    fields = models.JSONField(default=dict)  # {name of the control: [values]}
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "project", "step"], name="kept_form_once", nulls_distinct=False)]

    def __str__(self):
        return f"{self.step} of {self.project_id or 'a new project'}, typed by {self.by_id}"


class SearchWord(models.Model):
    """A word of the projects everybody may read, folded, and in how many texts it stands: what "did you mean" offers.

    `shown` is the word as people write it. Written by the task `projects.refresh_words`.
    """

    folded = models.CharField(max_length=40, unique=True)
    shown = models.CharField(max_length=40)
    texts = models.PositiveIntegerField()

    def __str__(self):
        return self.shown


class TermCount(models.Model):
    """How many projects everybody may read have a facet term; the empty term counts all. Written by `projects.refresh_counts`."""

    term = models.CharField(max_length=140, unique=True)
    n = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    def __str__(self):
        return f"{self.term}: {self.n}"

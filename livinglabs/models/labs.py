"""Labs: who runs them, where they are, what they have, how far they are."""

from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from common.languages import TextRow, in_language, pick_text
from common.publishing import READABLE, Publishable, State
from common.search import TextVector
from livinglabs.enums import ElementKind, Level
from livinglabs.querysets import LivingLabQuerySet
from organisations.models import Organisation
from projects.enums import NAMED, PartnerRole, PartnerState
from projects.models import Project
from taxonomy.models import Municipality, TaggedNoun, Theme

TEXT_LIMIT = 20_000  # characters of the story of a lab, and of an offer's description
CONDITION_LIMIT = 4_000


def made_by():
    """The member who made something; the row outlives the account."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+")


def portal_time_zone():
    return settings.TIME_ZONE


class Infrastructure(models.Model):
    """What a lab has for those who test there (power, fibre, lamp posts …): a curated vocabulary, loaded by `load_reference`."""

    slug = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    names = models.JSONField(default=dict)
    synonyms = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("infrastructure")

    def __str__(self):
        return in_language(self.names, fallback=self.slug)

    def search_words(self):
        """Its names and synonyms in every language, each once."""
        words = [*self.names.values()]
        for synonyms in self.synonyms.values():
            words.extend(synonyms)
        return list(dict.fromkeys(words))


class LivingLab(Publishable):
    """A living lab, run by an organisation: its host."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="living_labs", verbose_name=_("host"))
    created_by = made_by()
    slug = models.SlugField(max_length=120, unique=True)
    website = models.URLField(_("web page"), max_length=500, blank=True)
    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact's e-mail address"), blank=True)
    since = models.PositiveSmallIntegerField(_("open since"), null=True, blank=True)
    #: In how many days a request is answered, as the lab promises.
    answer_days = models.PositiveSmallIntegerField(_("days until an answer"), default=10)
    #: Languages the lab speaks with those who test and visit.
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True, verbose_name=_("languages spoken"))
    #: What is free and what is booked is shown on the clock of the place.
    time_zone = models.CharField(_("time zone"), max_length=40, default=portal_time_zone)
    themes = models.ManyToManyField(Theme, blank=True, related_name="living_labs")
    infrastructure = models.ManyToManyField(Infrastructure, blank=True, through="Equipment", related_name="living_labs")
    projects = models.ManyToManyField(Project, blank=True, related_name="living_labs")
    tags = TaggableManager(through=TaggedNoun, blank=True)
    attachments = GenericRelation("records.Attachment", content_type_field="target_type", object_id_field="target_id")
    is_demo = models.BooleanField(default=False, editable=False)
    source_key = models.CharField(max_length=120, blank=True, editable=False)
    #: Written by `livinglabs.indexing`: one term for each value of each filter, such as `theme:energy` or `kind:panel`.
    facet_terms = ArrayField(models.TextField(), default=list, editable=False)
    #: Something it is found by was renamed or merged: the task `livinglabs.refresh_index` writes terms and keywords anew.
    index_stale = models.BooleanField(default=False, db_default=False, editable=False)
    #: One more with each change of what it says: a form that was opened at another revision is stale.
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = LivingLabQuerySet.as_manager()
    index_sources = (
        "organisation", "partners__organisation", "sites__municipality", "sites__municipality__region", "themes", "tags",
        "infrastructure",
    )  # fmt: skip

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("living lab")
        verbose_name_plural = _("living labs")
        constraints = [
            models.UniqueConstraint(fields=["source_key"], condition=~Q(source_key=""), name="lab_source_key"),
        ]
        indexes = [
            models.Index(F("published_at").desc(), F("id").desc(), condition=Q(state=State.PUBLISHED), name="lab_newest"),
            GinIndex(fields=["facet_terms"], name="lab_facet_terms"),
            models.Index(fields=["id"], condition=Q(index_stale=True), name="lab_stale"),
        ]

    def __str__(self):
        return self.text.name if self.text else self.slug

    def get_absolute_url(self):
        return reverse("livinglabs:detail", args=[self.slug])

    def clean(self):
        errors = {}
        if self.since is not None and not 1900 <= self.since <= 2100:
            errors["since"] = gettext("Write the year with four digits, such as 2014.")
        if not 1 <= (self.answer_days or 0) <= 90:
            errors["answer_days"] = gettext("Write a number of days from 1 to 90.")
        if self.time_zone not in available_timezones():
            errors["time_zone"] = gettext("This time zone is not known.")
        if errors:
            raise ValidationError(errors)

    @property
    def text(self):
        """Name and texts in the reader's language, else the original. Prefetch `texts` for lists."""
        return pick_text(self.texts.all())

    @property
    def is_readable(self):
        return self.state in READABLE

    @property
    def is_open(self):
        """Whether its offers can be asked for."""
        return self.state == State.PUBLISHED

    @property
    def zone(self):
        return ZoneInfo(self.time_zone)

    @property
    def municipality(self):
        """Where it is, by its first site in a municipality; None while it has none. Prefetch `sites__municipality` for lists."""
        return next((site.municipality for site in self.sites.all() if site.municipality_id), None)

    def partner_organisations(self):
        """Ids of the organisations named as partners that have not declined."""
        return {partner.organisation_id for partner in self.partners.all() if partner.organisation_id and partner.state in NAMED}


class LabText(TextRow):
    """What a lab says of itself in one language; exactly one row is the original."""

    lab = models.ForeignKey(LivingLab, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(_("name"), max_length=160)
    summary = models.TextField(_("in two sentences"), max_length=600, blank=True)
    special = models.TextField(_("what is special"), max_length=2_000, blank=True)
    story = models.TextField(_("description"), max_length=TEXT_LIMIT, blank=True)
    legal = models.TextField(_("legal conditions"), max_length=CONDITION_LIMIT, blank=True)
    ethics = models.TextField(_("ethical conditions"), max_length=CONDITION_LIMIT, blank=True)
    vector = models.GeneratedField(
        expression=TextVector(
            {"name": "A", "keywords": "B", "summary": "C", "special": "C", "story": "D"}, folded=["name", "summary", "keywords"]
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("text")
        constraints = [
            models.UniqueConstraint(fields=["lab", "language"], name="lab_text_language"),
            models.UniqueConstraint(fields=["lab"], condition=Q(is_original=True), name="lab_text_original"),
        ]
        indexes = [GinIndex(fields=["vector"], name="lab_text_vector")]

    def __str__(self):
        return self.name


class LabSite(models.Model):
    """A place of the lab: a municipality, a point, or both."""

    lab = models.ForeignKey(LivingLab, on_delete=models.CASCADE, related_name="sites")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="lab_sites")
    label = models.CharField(_("place"), max_length=160, blank=True)
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


class LabPartner(models.Model):
    """Who runs the lab together with the host: an organisation of the portal or a name."""

    lab = models.ForeignKey(LivingLab, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="lab_partnerships")
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=10, choices=PartnerRole, default=PartnerRole.PARTNER)
    state = models.CharField(max_length=9, choices=PartnerState, blank=True, default="", db_default="", editable=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("partner")
        constraints = [
            models.UniqueConstraint(fields=["lab", "organisation"], condition=Q(organisation__isnull=False), name="lab_partner_once"),
            models.CheckConstraint(condition=Q(organisation__isnull=False) | ~Q(name=""), name="lab_partner_named"),
            models.CheckConstraint(condition=Q(organisation__isnull=False) | Q(state=""), name="lab_partner_asked"),
        ]

    def __str__(self):
        return self.organisation.name if self.organisation_id else self.name

    def clean(self):
        if not (self.organisation_id or self.name):
            raise ValidationError(gettext("Name the partner, or choose an organisation."))


class TeamMember(models.Model):
    """Somebody who works in the lab: a member of the portal, or a name that stands on the page. `answers`: also what is asked of it."""

    lab = models.ForeignKey(LivingLab, on_delete=models.CASCADE, related_name="team")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="lab_teams")
    name = models.CharField(_("name"), max_length=120, blank=True)
    task = models.CharField(_("task in the lab"), max_length=120, blank=True)
    answers = models.BooleanField(_("answers requests"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("member of the team")
        constraints = [
            models.UniqueConstraint(fields=["lab", "user"], condition=Q(user__isnull=False), name="lab_team_once"),
            models.CheckConstraint(condition=Q(user__isnull=False) | ~Q(name=""), name="lab_team_named"),
            models.CheckConstraint(condition=Q(user__isnull=False) | Q(answers=False), name="lab_team_answers_by_account"),
        ]

    def __str__(self):
        return self.user.shown_name if self.user_id else self.name

    def clean(self):
        if not (self.user_id or self.name):
            raise ValidationError(gettext("Name somebody, or choose a member of the portal."))
        if self.answers and not self.user_id:
            raise ValidationError(gettext("Only a member of the portal can answer requests."))


class Element(models.Model):
    """How far the lab is with one of the elements of a living lab, in its own judgement, with a sentence of evidence."""

    lab = models.ForeignKey(LivingLab, on_delete=models.CASCADE, related_name="elements")
    kind = models.CharField(_("element"), max_length=13, choices=ElementKind)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("element")
        constraints = [models.UniqueConstraint(fields=["lab", "kind"], name="lab_element_once")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_level_display()}"


class Equipment(models.Model):
    """A kind of infrastructure the lab has, and how much of it or what about it."""

    lab = models.ForeignKey(LivingLab, on_delete=models.CASCADE, related_name="equipment")
    infrastructure = models.ForeignKey(Infrastructure, on_delete=models.PROTECT, related_name="equipment")
    note = models.CharField(_("how much, or what kind"), max_length=160, blank=True)

    class Meta:
        ordering = ["infrastructure__position", "pk"]
        verbose_name = _("infrastructure")
        constraints = [models.UniqueConstraint(fields=["lab", "infrastructure"], name="lab_equipment_once")]

    def __str__(self):
        return str(self.infrastructure)

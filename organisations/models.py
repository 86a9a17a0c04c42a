"""Organisations own what their members publish: people leave, projects stay."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.languages import TextRow, pick_text
from common.search import TextVector
from organisations.enums import OrganisationType, Role
from organisations.querysets import OrganisationQuerySet
from taxonomy.models import Municipality


class Organisation(models.Model):
    """A municipality, company, university … that takes part. `type` is what it is, `parent` whom it belongs to."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(max_length=120, unique=True)
    type = models.CharField(_("type"), max_length=16, choices=OrganisationType)
    country = models.CharField(_("country"), max_length=2, blank=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="organisations")
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="parts")
    registration_number = models.CharField(_("registration number"), max_length=32, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    is_demo = models.BooleanField(default=False, editable=False)
    source = models.CharField(max_length=40, blank=True, editable=False)
    source_key = models.CharField(max_length=120, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_key"], condition=~models.Q(source_key=""), name="organisation_source_key"),
        ]
        indexes = [models.Index(Lower("name"), name="organisation_name_lower")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organisations:detail", args=[self.slug])

    @property
    def text(self):
        """The description in the reader's language, else the original; None without any. Prefetch `texts`."""
        return pick_text(self.texts.all())


class OrganisationText(TextRow):
    """An organisation's description in one language."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(max_length=200, blank=True)
    description = models.TextField(max_length=20_000, blank=True)
    vector = models.GeneratedField(
        expression=TextVector({"name": "A", "description": "C", "keywords": "B"}, folded=["name", "keywords"]),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("text")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "language"], name="organisation_text_language"),
            models.UniqueConstraint(fields=["organisation"], condition=models.Q(is_original=True), name="organisation_text_original"),
        ]
        indexes = [GinIndex(fields=["vector"], name="organisation_text_vector")]


class Domain(models.Model):
    """A mail and web domain that is the organisation's own (never a free-mail domain)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="domains")
    name = models.CharField(max_length=253)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="domain_once")]

    def __str__(self):
        return self.name


class Membership(models.Model):
    """A member's role in an organisation."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role, default=Role.MEMBER)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="membership_once")]

    def __str__(self):
        return f"{self.user_id} in {self.organisation_id}: {self.role}"

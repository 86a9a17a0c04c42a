"""What things are about and where they are: curated, loaded by `load_reference`, read by every app above."""

from django.db import models
from django.urls import reverse
from taggit.models import GenericTaggedItemBase, TagBase

from common.languages import in_language


class Theme(models.Model):
    """One of the curated themes. Icon, pattern and colour follow from the slug (`theme-<slug>` in the design)."""

    slug = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    names = models.JSONField(default=dict)
    synonyms = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self):
        return in_language(self.names, fallback=self.slug)

    def get_absolute_url(self):
        return reverse("editorial:theme", args=[self.slug])


class Goal(models.Model):
    """One of the 17 Sustainable Development Goals of the United Nations."""

    number = models.PositiveSmallIntegerField(unique=True)
    names = models.JSONField(default=dict)
    colour = models.CharField(max_length=7)

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return f"{self.number} {in_language(self.names)}"


class Region(models.Model):
    """A Danish region or a Swedish county (län)."""

    country = models.CharField(max_length=2)
    code = models.CharField(max_length=8)
    slug = models.SlugField(max_length=60, unique=True)
    names = models.JSONField(default=dict)

    class Meta:
        ordering = ["country", "slug"]
        constraints = [models.UniqueConstraint(fields=["country", "code"], name="region_country_code")]

    def __str__(self):
        return in_language(self.names, fallback=self.slug)


class Municipality(models.Model):
    """A municipality by its official code. `in_portal` marks those of the region this portal shows."""

    country = models.CharField(max_length=2)
    code = models.CharField(max_length=4)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    names = models.JSONField(default=dict, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="municipalities")
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveIntegerField(null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(null=True, blank=True)
    in_portal = models.BooleanField(default=False)
    tile_row = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_column = models.PositiveSmallIntegerField(null=True, blank=True)
    neighbours = models.ManyToManyField("self", blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "municipalities"
        constraints = [
            models.UniqueConstraint(fields=["country", "code"], name="municipality_country_code"),
            models.UniqueConstraint(fields=["tile_row", "tile_column"], name="municipality_tile"),
        ]

    def __str__(self):
        return in_language(self.names, fallback=self.name) if self.names else self.name

    def get_absolute_url(self):
        return reverse("editorial:municipality", args=[self.slug])


class Tag(TagBase):
    """A free word of the members, merged by editors. Compared without regard to case, stored trimmed."""

    free_tagging = True

    class Meta:
        ordering = ["name"]


class TaggedNoun(GenericTaggedItemBase):
    """Hangs a tag on any noun."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id", "tag"], name="tag_once")]

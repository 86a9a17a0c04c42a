"""What things are about and where they are: curated, loaded by `load_reference`, read by every app above."""

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from taggit.models import GenericTaggedItemBase, TagBase

from common.languages import in_language
from common.search import fold
from taxonomy.querysets import MunicipalityQuerySet, TagQuerySet, ThemeQuerySet


class Theme(models.Model):
    """One of the curated themes. Icon, pattern and colour follow from the slug (`theme-<slug>` in the design)."""

    slug = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    names = models.JSONField(default=dict)
    synonyms = models.JSONField(default=dict, blank=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self):
        return in_language(self.names, fallback=self.slug)

    def get_absolute_url(self):
        return reverse("editorial:theme", args=[self.slug])

    def search_words(self):
        """Its names and synonyms in every language, each once: what people type who mean this theme."""
        words = [*self.names.values()]
        for synonyms in self.synonyms.values():
            words.extend(synonyms)
        return list(dict.fromkeys(words))


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
    """A municipality by its official code. `in_portal` marks those of the region this portal shows.

    `name` is the official name; `names` holds only the languages that call it otherwise (København, Copenhagen).
    The point is the centre of its area; row and column place it on the tile map.
    """

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
    population_source = models.CharField(max_length=80, blank=True)
    in_portal = models.BooleanField(default=False)
    tile_row = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_column = models.PositiveSmallIntegerField(null=True, blank=True)
    neighbours = models.ManyToManyField("self", blank=True)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "municipalities"
        constraints = [
            models.UniqueConstraint(fields=["country", "code"], name="municipality_country_code"),
            models.UniqueConstraint(
                fields=["tile_row", "tile_column"],
                name="municipality_tile",
                # Two tiles may change places in one statement.
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self):
        return self.names.get(get_language()) or self.name

    def get_absolute_url(self):
        return reverse("editorial:municipality", args=[self.slug])

    def search_words(self):
        """Its official name and what other languages call it."""
        return list(dict.fromkeys([self.name, *self.names.values()]))


class MunicipalityBoundary(models.Model):
    """The outline of a municipality, loaded by the operator with `import_boundaries`. The portal ships none.

    `geometry` is a GeoJSON Polygon or MultiPolygon in degrees (WGS 84), simplified for drawing.
    """

    municipality = models.OneToOneField(Municipality, on_delete=models.CASCADE, related_name="boundary")
    geometry = models.JSONField()
    source = models.CharField(max_length=160, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "municipality boundaries"

    def __str__(self):
        return str(self.municipality)


class Tag(TagBase):
    """A free word of the members, merged by editors. Compared without regard to case, stored trimmed."""

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="tag_name_any_case")]

    def slugify(self, tag, i=None):
        """An address in plain letters: ø and ö become o. Scripts that have none keep their own letters."""
        slug = slugify(fold(tag), allow_unicode=True) or "tag"
        return f"{slug}-{i}" if i else slug


class TaggedNoun(GenericTaggedItemBase):
    """Hangs a tag on any noun."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id", "tag"], name="tag_once")]

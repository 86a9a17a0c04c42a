"""Fields of an event's form: points, projects by title."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from common.text import clean_name
from common.widgets import ManyField, TypeAheadMany
from projects.models import Project

_POINT = re.compile(r"(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)")


class PointField(forms.CharField):
    """“55.6579, 12.3634”: latitude and longitude. Cleans to a pair of numbers, or to a pair of None."""

    def to_python(self, value):
        text = clean_name(value)
        if not text:
            return None, None
        found = _POINT.fullmatch(text)
        latitude, longitude = (float(part) for part in found.groups()) if found else (999, 999)
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValidationError(_("Write latitude and longitude in degrees, like 55.6579, 12.3634."), code="invalid")
        return latitude, longitude

    def validate(self, value):
        """Nothing is a point, too."""

    def run_validators(self, value):
        """The length was for what is typed."""

    def prepare_value(self, value):
        if isinstance(value, tuple):
            return "" if value[0] is None else f"{value[0]}, {value[1]}"
        return value


class ProjectsField(ManyField):
    """Published projects that the author may see, by address or title. Cleans to projects."""

    def __init__(self, **options):
        super().__init__(**{"widget": TypeAheadMany(reverse_lazy("events:suggest_projects")), "most": 12, **options})
        self.user = None

    def seen(self):
        return Project.objects.visible_to(self.user).listed().prefetch_related("texts")

    def find(self, name):
        return self.seen().filter(slug=name).first() or self.seen().filter(texts__title__iexact=name).order_by("-published_at").first()

    def labelled(self, values):
        slugs = [str(value) for value in values if "\x00" not in str(value)]
        known = {project.slug: project for project in self.seen().filter(slug__in=slugs)}
        return [(value, str(known.get(value, value))) for value in values]

    def clean(self, value):
        found = {name: self.find(name) for name in super().clean(value)}
        if unknown := [name for name, project in found.items() if project is None]:
            words = _("There is no published project “%(name)s” here. Choose one of those that are offered.")
            raise ValidationError([ValidationError(words % {"name": name[:80]}, code="unknown") for name in unknown[:3]])
        return list({project.pk: project for project in found.values()}.values())

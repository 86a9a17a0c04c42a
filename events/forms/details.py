"""The first step: what it is, when and where."""

from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from common.fields import CleanText, MomentField
from common.moments import OFFERED, exists_on_the_clock, place_of_zone
from common.sorting import sorted_by_name
from common.widgets import RichTextArea, TypeAheadMany
from events import actions
from events.enums import Kind
from events.forms.fields import PointField
from events.forms.stale import Revised
from events.hosting import hosts_of
from events.models import DESCRIPTION_LIMIT
from taxonomy.fields import TagsField
from taxonomy.models import Municipality, Theme

PLAIN = ("kind", "place", "directions", "online_url")
MOST_THEMES = 4


class DetailsForm(Revised, forms.Form):
    host = forms.ChoiceField(label=gettext_lazy("Held by"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind, initial=Kind.MEETING)
    language = forms.ChoiceField(label=gettext_lazy("Language of these texts"))
    title = CleanText(label=gettext_lazy("Title"), max_length=200, words=True,
                      help_text=gettext_lazy("What those who come take home, not only “Meeting”."))  # fmt: skip
    summary = CleanText(
        label=gettext_lazy("In one or two sentences"), max_length=600, single_line=False, required=False,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=gettext_lazy("Stands in lists, in mails and in calendars."),
    )  # fmt: skip
    description = CleanText(
        label=gettext_lazy("Programme and practical matters"), max_length=DESCRIPTION_LIMIT, single_line=False, required=False,
        widget=RichTextArea(attrs={"rows": 10}),
    )  # fmt: skip
    starts = MomentField(label=gettext_lazy("Begins"))
    ends = MomentField(label=gettext_lazy("Ends"))
    time_zone = forms.ChoiceField(label=gettext_lazy("On the clocks of"))
    place = CleanText(label=gettext_lazy("Place and address"), max_length=200, required=False)
    municipality = forms.ChoiceField(label=gettext_lazy("Municipality"), required=False)
    directions = CleanText(
        label=gettext_lazy("How to get there"), max_length=300, required=False,
        help_text=gettext_lazy("The way from the station, steps, parking."),
    )  # fmt: skip
    point = PointField(label=gettext_lazy("Point on the map"), max_length=60, required=False,
                       help_text=gettext_lazy("Latitude and longitude, like 55.6579, 12.3634."))  # fmt: skip
    online_url = forms.URLField(
        label=gettext_lazy("Link to take part online"), max_length=500, required=False, assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=gettext_lazy("Shown to those who are registered, and to nobody else."),
    )  # fmt: skip
    themes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Themes"), queryset=Theme.objects.order_by("position", "slug"), required=False, to_field_name="slug",
        widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("Whoever follows them hears of it."),
    )  # fmt: skip
    tags = TagsField(
        label=gettext_lazy("Tags"), required=False, most=12, widget=TypeAheadMany(reverse_lazy("projects:suggest", args=["tags"]))
    )

    def __init__(self, data=None, *, user, event=None, host=""):
        self.user, self.event = user, event
        super().__init__(data, initial=self._initial(host), use_required_attribute=False)
        self.hosts = {} if event else hosts_of(user)
        self.fields["host"].choices = [(value, label) for value, (label, _organisation, _group) in self.hosts.items()]
        if event or len(self.hosts) == 1:
            self.fields["host"].required = False
            self.fields["host"].widget = forms.HiddenInput()
        self.fields["language"].choices = settings.LANGUAGES
        zones = dict.fromkeys([settings.TIME_ZONE, *OFFERED, *([event.time_zone] if event else [])])
        self.fields["time_zone"].choices = [(zone, place_of_zone(zone)) for zone in zones]
        places = sorted_by_name(Municipality.objects.in_portal())
        self.fields["municipality"].choices = [("", _("None of these")), *((place.slug, str(place)) for place in places)]
        own = event.municipality if event else None
        if own and own.slug not in dict(self.fields["municipality"].choices):
            self.fields["municipality"].choices.append((own.slug, str(own)))

    def _initial(self, host):
        if self.event is None:
            return {"host": host, "language": get_language(), "time_zone": settings.TIME_ZONE, "tags": []}
        one = self.event
        text = next((text for text in one.texts.all() if text.is_original), None)
        return {name: getattr(one, name) for name in (*PLAIN, "time_zone")} | {
            "language": text.language, "title": text.title, "summary": text.summary, "description": text.description,
            "starts": one.starts.replace(tzinfo=None), "ends": one.ends.replace(tzinfo=None),
            "municipality": one.municipality.slug if one.municipality else "", "point": (one.latitude, one.longitude),
            "themes": [theme.slug for theme in one.themes.all()], "tags": sorted(one.tags.names()),
        }  # fmt: skip

    @property
    def host_shown(self):
        """Who holds it, where there is nothing to choose; "" otherwise."""
        if self.event:
            return str(self.event.organisation or self.event.group or settings.PORTAL["name"])
        return next(iter(self.hosts.values()))[0] if len(self.hosts) == 1 else ""

    @property
    def groups(self):
        """[(id, heading, fields)] in the order of the page."""
        return [
            ("what", _("What"), [self[name] for name in ("host", "kind", "language", "title", "summary", "description")]),
            ("when", _("When"), [self[name] for name in ("starts", "ends", "time_zone")]),
            ("where", _("Where"), [self[name] for name in ("place", "municipality", "directions", "point", "online_url")]),
            ("about", _("What it is about"), [self[name] for name in ("themes", "tags")]),
        ]

    def clean_themes(self):
        themes = list(self.cleaned_data["themes"])
        if len(themes) > MOST_THEMES:
            raise ValidationError(_("Choose at most %(most)d.") % {"most": MOST_THEMES}, code="too_many")
        return themes

    def clean(self):
        said = super().clean()
        zone = said.get("time_zone")
        for name in ("starts", "ends"):
            if zone and said.get(name) and not exists_on_the_clock(said[name], ZoneInfo(zone)):
                self.add_error(name, _("This hour does not exist that night: the clocks are put forward. Choose another time."))
        if said.get("starts") and said.get("ends") and said["ends"] <= said["starts"]:
            self.add_error("ends", _("The end lies before the start."))
        if not (said.get("place") or said.get("municipality") or said.get("online_url")) and not {"place", "online_url"} & set(self.errors):
            self.add_error("place", _("Say where it takes place, or give a link."))
        return said

    def save(self):
        """The event, made or changed; None where the verb refuses, with its reason at the field."""
        try:
            if self.event is None:
                _label, organisation, group = self.hosts[self.cleaned_data["host"] or next(iter(self.hosts))]
                return actions.create_event(by=self.user, organisation=organisation, group=group, **self._data())
            return actions.update_event(self.event, by=self.user, **self._data())
        except ValidationError as refusal:
            self.take(refusal, {"starts_at": "starts", "ends_at": "ends", "visibility": None, "register_until": None})
            return None

    def _data(self):
        said = self.cleaned_data
        zone = ZoneInfo(said["time_zone"])
        latitude, longitude = said["point"]
        place = Municipality.objects.filter(slug=said["municipality"]).first() if said["municipality"] else None
        data = {name: said[name] for name in (*PLAIN, "time_zone", "themes", "tags")} | {
            "starts_at": said["starts"].replace(tzinfo=zone), "ends_at": said["ends"].replace(tzinfo=zone), "municipality": place,
            "latitude": latitude, "longitude": longitude, "texts": self._texts(),
        }  # fmt: skip
        if self.event is None and self._is_of_private_group():
            data["visibility"] = "host"
        return data

    def _is_of_private_group(self):
        group = self.hosts[self.cleaned_data["host"] or next(iter(self.hosts))][2]
        return group is not None and group.visibility == "private"

    def _texts(self):
        """The original as typed; what is kept in other languages stays."""
        said = self.cleaned_data
        original = {name: said[name] for name in ("language", "title", "summary", "description")} | {"is_original": True}
        kept = [
            {"language": text.language, "title": text.title, "summary": text.summary, "description": text.description}
            for text in (self.event.texts.all() if self.event else ())
            if not text.is_original and text.language != said["language"]
        ]
        return [original, *kept]

"""/styleguide/ (development only): every part of the portal once, with its variants. The page axe looks at first."""

from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render

from common.charts import result_chart
from common.markup import COVER_CROPS, icon_names
from common.publishing import State

THEMES = {
    "mobility": "Mobility and traffic",
    "lighting": "Lighting",
    "waste": "Waste and circular economy",
    "energy": "Energy",
    "water": "Water and climate adaptation",
    "air": "Air and noise",
    "buildings": "Buildings and facilities",
    "health": "Health and care",
    "data": "Data and digital infrastructure",
    "citizens": "Citizens and democracy",
    "planning": "Planning and public space",
    "safety": "Safety",
    "tourism": "Tourism and culture",
    "governance": "Governance and procurement",
}
SECTIONS = ["type", "themes", "icons", "button", "tag", "card", "filter", "search", "tabs", "form", "message", "table", "timeline"] + [
    "chart",
    "map",
    "dialog",
    "avatar",
    "notifications",
    "post",
    "calendar",
    "agenda",
    "long_words",
]
STORY = """# What was tried

Lamps **dim** to 20 per cent and brighten ahead of a cyclist. See [the report](https://example.org/).

- Half of the path stayed as it was
- The old poles and cables stayed

| Winter | MWh |
|---|---|
| first | 61.0 |
| second | 53.1 |
"""


class SampleTheme(SimpleNamespace):
    def __str__(self):
        return self.name


class SampleForm(forms.Form):
    """One field of each kind the portal uses."""

    title = forms.CharField(help_text="Say what was done, not what the project is called.")
    summary = forms.CharField(widget=forms.Textarea, error_messages={"required": "Write at least one sentence"})
    kind = forms.ChoiceField(choices=[("demonstration", "Demonstration"), ("pilot", "Pilot")], required=False)
    themes = forms.MultipleChoiceField(
        choices=list(THEMES.items())[:4], widget=forms.CheckboxSelectMultiple, help_text="Up to three.", label="Themes"
    )
    phase = forms.ChoiceField(choices=[("idea", "Idea"), ("planning", "Planning")], widget=forms.RadioSelect, required=False)
    start = forms.DateField(required=False, widget=forms.DateInput(attrs={"placeholder": "2026-03-01"}))
    budget = forms.DecimalField(required=False, help_text="The whole sum, own hours included.")
    document = forms.FileField(required=False, help_text="PDF, DOCX, XLSX, CSV or images. 25 MB each.")
    agree = forms.BooleanField(label="We may be asked about it")


def _breadcrumbs():
    return [("Home", "#tabs"), ("Projects", "#tabs"), ("Lighting", "")]


def styleguide(request):
    form = SampleForm({"title": "Adaptive lighting"}, auto_id="sample_%s")
    context = {
        "sections": [f"styleguide/{name}.html" for name in SECTIONS],
        "themes": [SampleTheme(slug=slug, name=name, crop=place) for place, (slug, name) in enumerate(THEMES.items())],
        "crops": range(COVER_CROPS),
        "icon_names": sorted(icon_names()),
        "phases": ["idea", "planning", "demonstration", "evaluation", "operation", "stopped"],
        "states": list(State),
        "form": form,
        "trail": _breadcrumbs(),
        "tab_links": [{"label": "Overview", "url": "#tabs", "current": True}, {"label": "Files", "url": "#tabs", "count": 1022}],
        "page_obj": Paginator(range(640), 24).page(3),
        "steps": [
            {"label": "What it is", "url": "#tabs", "done": True},
            {"label": "Where and when", "current": True},
            {"label": "Partners"},
            {"label": "Check and submit"},
        ],
        "chips": [
            {"field": "Theme", "label": "Lighting", "url": "#filter"},
            {"field": "Municipality", "label": "Høje-Taastrup", "url": "#filter"},
        ],
        "toggle": [{"label": "List", "url": "#filter", "icon": "grid", "current": True}, {"label": "Map", "url": "#filter", "icon": "map"}],
        "facts": [("Kind", "Demonstration"), ("Municipality", "Albertslund, Denmark"), ("Empty", "")],
        "numbers": [("projects", 324), ("municipalities", 79), ("repeated", 61)],
        "chart": result_chart("bars", "Energy use on the path", "MWh a year", baseline="86.4", actual="53.1", target=60, period="2024"),
        "story": STORY,
        "headline": "Open \x02rain\x03 basins and <b>cloudburst</b> roads",
    }
    return render(request, "styleguide/index.html", context)

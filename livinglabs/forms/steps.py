"""The steps of a lab's form, in their order."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from common.markup import language_name
from common.publishing import State, Visibility
from common.widgets import NotedRadio, TwoColumns, TypeAheadMany
from livinglabs import actions
from livinglabs.enums import ASKED, ElementKind, Level
from livinglabs.forms.fields import OtherLanguages, area, language_choices, line, original_of
from livinglabs.forms.rows import TEAM
from livinglabs.forms.step import StepForm
from livinglabs.models import CONDITION_LIMIT, TEXT_LIMIT, Infrastructure
from members.models import User
from organisations.models import Organisation
from projects.enums import PartnerState
from projects.forms.rows import PARTNERS, SITES
from projects.forms.step import bare_site, is_exact
from projects.models import Project
from taxonomy.fields import MunicipalitiesField, TagsField, municipality_options
from taxonomy.models import Municipality, Theme

MOST_THEMES = 6
MOST_PROJECTS = 60
#: Languages a lab may speak with its guests: those of the region and its neighbours.
SPOKEN = ("da", "sv", "en", "no", "de", "fi", "fr", "es", "pl")
VISIBILITY_NOTES = {
    Visibility.PUBLIC: gettext_lazy("Everybody can read it, search engines too"),
    Visibility.MEMBERS: gettext_lazy("People with an account can read it"),
    Visibility.ORGANISATION: gettext_lazy("Members of your organisation and of the partners can read it"),
}


class BasicsForm(StepForm):
    """What it is. Without a lab it makes a draft."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Run by"), queryset=Organisation.objects.none(),
        help_text=gettext_lazy("The host. Its owners and editors look after the page and answer what is asked."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), help_text=gettext_lazy("The language you write in. You can add others in step 5.")
    )
    name = line(gettext_lazy("Name of the living lab"), 160, words=True, required=True)
    summary = area(
        gettext_lazy("In two sentences"), 600, rows=3, help_text=gettext_lazy("What can be tried there, and why there. It stands in lists.")
    )
    special = area(
        gettext_lazy("What is special about it"), 2_000, rows=4, help_text=gettext_lazy("What does one find here and nowhere else?")
    )
    themes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Themes"), queryset=Theme.objects.order_by("position", "slug"), to_field_name="slug", required=False,
        widget=TwoColumns, help_text=gettext_lazy("Whoever follows them hears of it."),
    )  # fmt: skip
    tags = TagsField(
        label=gettext_lazy("Tags"), required=False, most=30, widget=TypeAheadMany(reverse_lazy("projects:suggest", args=["tags"])),
        help_text=gettext_lazy("Words people will search for, separated by commas."),
    )  # fmt: skip

    def first_values(self):
        return {"language": get_language(), "tags": []}

    def initial_values(self):
        text = original_of(self.lab)
        return {name: getattr(text, name) for name in ("language", "name", "summary", "special")} | {
            "themes": [theme.slug for theme in self.lab.themes.all()], "tags": sorted(tag.name for tag in self.lab.tags.all()),
        }  # fmt: skip

    def prepare(self):
        if self.lab:
            del self.fields["organisation"]
        else:
            own = Organisation.objects.writable_by(self.user).order_by("name")
            self.fields["organisation"].queryset, self.fields["organisation"].empty_label = own, _("Choose")
            if len(own) == 1:
                self.fields["organisation"].initial = own[0].pk
        self.fields["language"].choices = language_choices(original_of(self.lab).language if self.lab else "")
        for name in ("summary", "themes"):
            self.fields[name].asked_later = True  # a draft may lack it, so it is not called optional either

    def clean_themes(self):
        themes = list(self.cleaned_data["themes"])
        if len(themes) > MOST_THEMES:
            raise ValidationError(_("Choose at most %(most)d.") % {"most": MOST_THEMES}, code="too_many")
        return themes

    def said(self):
        said = self.cleaned_data
        text = {name: said[name] for name in ("language", "name", "summary", "special")}
        return {"texts": [text], "language": said["language"], "themes": said["themes"], "tags": said["tags"]}

    def start(self):
        """The new draft; None where the verb refuses."""
        said = self.said()
        said.pop("language")
        try:
            return actions.start_lab(self.cleaned_data["organisation"], by=self.user, **said)
        except ValidationError as refusal:
            self.take(refusal)
            return None

    @property
    def groups(self):
        first = ["organisation"] if "organisation" in self.fields else []
        names = (*first, "name", "language", "summary", "special", "themes", "tags")
        return [("what", _("What it is"), [self[name] for name in names])]


class PlaceForm(StepForm):
    """Where it is, and how one reaches it."""

    municipalities = MunicipalitiesField(
        label=gettext_lazy("Municipalities"), required=False,
        widget=TypeAheadMany(reverse_lazy("projects:suggest", args=["municipalities"]), options=municipality_options),
        help_text=gettext_lazy("Where it is tried, not where the partners sit. You can choose several."),
    )  # fmt: skip
    website = forms.URLField(label=gettext_lazy("Web page"), max_length=500, required=False, assume_scheme="https",
                             widget=forms.TextInput(attrs={"inputmode": "url"}))  # fmt: skip
    since = forms.IntegerField(label=gettext_lazy("Open since"), required=False, min_value=1900, max_value=2100,
                               widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input--short"}))  # fmt: skip
    languages = forms.MultipleChoiceField(label=gettext_lazy("Languages you speak with guests"), required=False, widget=TwoColumns)
    answer_days = forms.IntegerField(
        label=gettext_lazy("Days until a request is answered"), min_value=1, max_value=90, initial=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input--short"}),
        help_text=gettext_lazy("What you promise to whoever asks. You are reminded before it passes."),
    )  # fmt: skip

    def initial_values(self):
        lab = self.lab
        slugs = [site.municipality.slug for site in lab.sites.select_related("municipality") if site.municipality_id]
        own = {name: getattr(lab, name) for name in ("website", "since", "languages", "answer_days")}
        return own | {"municipalities": list(dict.fromkeys(slugs))}

    def prepare(self):
        codes = dict.fromkeys([*SPOKEN, *self.lab.languages])
        self.fields["languages"].choices = [(code, language_name(code).capitalize()) for code in codes]
        field = self.fields["municipalities"]
        field.widget.labelled, field.asked_later = field.labelled, True

    def made_sets(self):
        rows = [
            {"municipality": site.municipality.slug if site.municipality_id else "", "label": site.label,
             "latitude": site.latitude, "longitude": site.longitude}
            for site in self.lab.sites.select_related("municipality")
        ]  # fmt: skip
        shown = [row | {name: "" if row[name] is None else str(row[name]) for name in ("latitude", "longitude")} for row in rows]
        exact = [row for row, plain in zip(shown, rows, strict=True) if is_exact(plain)]
        return {"sites": (SITES, exact, {"user": self.user, "content": {}})}

    def said(self):
        said, exact = self.cleaned_data, self.sets["sites"].values()
        named = {site["municipality"] for site in exact}
        sites = [bare_site(slug) for slug in said["municipalities"] if slug not in named] + exact
        known = {place.slug: place for place in Municipality.objects.filter(slug__in=[site["municipality"] for site in sites])}
        rows = [site | {"municipality": known.get(site["municipality"])} for site in sites]
        return {name: said[name] for name in ("website", "since", "languages", "answer_days")} | {"sites": rows}

    @property
    def groups(self):
        return [("contact", _("How it works"), [self[name] for name in ("website", "since", "languages", "answer_days")])]


class EquipmentForm(StepForm):
    """What it has for those who test, and how far it is with the elements of a living lab."""

    def initial_values(self):
        given = {f"has_{row.infrastructure.slug}": True for row in self._rows_of()}
        given |= {f"note_{row.infrastructure.slug}": row.note for row in self._rows_of()}
        for row in self.lab.elements.all():
            given |= {f"level_{row.kind}": row.level, f"evidence_{row.kind}": row.evidence}
        return given

    def _rows_of(self):
        if not hasattr(self, "_equipment"):
            self._equipment = list(self.lab.equipment.select_related("infrastructure"))
        return self._equipment

    def prepare(self):
        self.vocabulary = list(Infrastructure.objects.order_by("position", "slug"))
        for one in self.vocabulary:
            self.fields[f"has_{one.slug}"] = forms.BooleanField(label=str(one), required=False)
            self.fields[f"note_{one.slug}"] = line(_("%(what)s: how much, or what kind") % {"what": one}, 160, **{"class": "input"})
        levels = [("", _("Not said")), *((level.value, level.label) for level in Level)]
        for kind in ElementKind:
            self.fields[f"level_{kind}"] = forms.TypedChoiceField(
                label=_("How far you are with it"), required=False, coerce=int, empty_value=None, choices=levels,
                widget=forms.Select(attrs={"class": "input--short"}),
            )  # fmt: skip
            self.fields[f"evidence_{kind}"] = line(_("One sentence that shows it"), 300)

    def clean(self):
        said = super().clean()
        for kind in ElementKind:
            level, evidence = said.get(f"level_{kind}"), said.get(f"evidence_{kind}")
            if level and not evidence and f"evidence_{kind}" not in self.errors:
                self.add_error(f"evidence_{kind}", _("Write one sentence that shows it: readers believe evidence, not levels."))
            if evidence and not level and f"level_{kind}" not in self.errors:
                self.add_error(f"level_{kind}", _("Say how far you are with it."))
        return said

    def said(self):
        said = self.cleaned_data
        equipment = [{"infrastructure": one, "note": said[f"note_{one.slug}"]} for one in self.vocabulary if self._has(one)]
        elements = [
            {"kind": kind.value, "level": said[f"level_{kind}"], "evidence": said[f"evidence_{kind}"]}
            for kind in ElementKind
            if said[f"level_{kind}"]
        ]
        return {"equipment": equipment, "elements": elements}

    def _has(self, one):
        """A note says that it is there, too."""
        return self.cleaned_data[f"has_{one.slug}"] or self.cleaned_data[f"note_{one.slug}"]

    @property
    def equipment_rows(self):
        """[(tick, note)]"""
        return [(self[f"has_{one.slug}"], self[f"note_{one.slug}"]) for one in self.vocabulary]

    @property
    def element_rows(self):
        """[(name, what it asks, level, evidence)]"""
        return [(kind.label, ASKED[kind], self[f"level_{kind}"], self[f"evidence_{kind}"]) for kind in ElementKind]


class PeopleForm(StepForm):
    """Who runs it: partners, team, whom to ask."""

    contact_name = line(gettext_lazy("Contact"), 120, help_text=gettext_lazy("Whom people may ask. Shown on the page."))
    contact_email = forms.EmailField(label=gettext_lazy("Contact's e-mail address"), required=False)
    projects = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Projects"), queryset=Project.objects.none(), to_field_name="slug", required=False,
        widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("Projects of your organisation that were tried here, or are."),
    )  # fmt: skip

    def initial_values(self):
        return {name: getattr(self.lab, name) for name in ("contact_name", "contact_email")} | {
            "projects": list(self.lab.projects.values_list("slug", flat=True))
        }

    def prepare(self):
        """Projects of the host and those tied already, as long as the member sees them."""
        seen = Project.objects.visible_to(self.user).listed().prefetch_related("texts")
        own = seen.filter(organisation=self.lab.organisation_id).order_by("-published_at", "-pk")
        keys = [*own.values_list("pk", flat=True)[:MOST_PROJECTS], *self.lab.projects.values_list("pk", flat=True)]
        self.fields["projects"].queryset = seen.filter(pk__in=keys).order_by("-published_at", "-pk")
        if not keys:
            del self.fields["projects"]

    def made_sets(self):
        named = list(self.lab.partners.select_related("organisation"))
        partners = [{"organisation": row.organisation_id, "name": str(row), "role": row.role} for row in named]
        confirmed = [row.organisation_id for row in named if row.state == PartnerState.CONFIRMED]
        team = list(self.lab.team.select_related("user"))
        people = _people(self.lab, confirmed, [row.user for row in team if row.user_id])
        rows = [{"user": row.user_id, "name": row.name, "task": row.task, "answers": row.answers} for row in team]
        return {
            "partners": (PARTNERS, partners, {"user": self.user, "content": {"partners": partners}}),
            "team": (TEAM, rows, {"people": people}),
        }

    def said(self):
        said = self.cleaned_data
        tied = self.lab.projects.exclude(pk__in=self.fields["projects"].queryset.values("pk")) if "projects" in said else []
        partners = [
            {"organisation_id": row["organisation"], "name": "" if row["organisation"] else row["name"], "role": row["role"]}
            for row in self.sets["partners"].values()
        ]
        data = {name: said[name] for name in ("contact_name", "contact_email")} | {"partners": partners, "team": self.sets["team"].values()}
        return data | ({"projects": [*said["projects"], *tied]} if "projects" in said else {})

    @property
    def groups(self):
        names = [name for name in ("contact_name", "contact_email", "projects") if name in self.fields]
        return [("contact", _("Contact and projects"), [self[name] for name in names])]


def _people(lab, partners, named):
    """[(primary key, name)] of members of the host and of partners that have confirmed, and of those named already."""
    belonging = User.objects.filter(memberships__organisation__in=[lab.organisation_id, *partners], is_active=True)
    found = {one.pk: one.shown_name for one in [*belonging.filter(suspended_at=None).distinct().order_by("name", "pk")[:500], *named]}
    return sorted(found.items(), key=lambda row: row[1].casefold())


class WordsForm(StepForm):
    """The description, on which terms one tests there, and other languages."""

    story = area(gettext_lazy("Description"), TEXT_LIMIT, rows=10, rich=True,
                 help_text=gettext_lazy("What the place is like, what has been tried, how you work with those who test."))  # fmt: skip
    legal = area(gettext_lazy("Legal conditions"), CONDITION_LIMIT, rich=True,
                 help_text=gettext_lazy("Permits, data protection, liability: what every test has to keep to."))  # fmt: skip
    ethics = area(gettext_lazy("Ethical conditions"), CONDITION_LIMIT, rich=True,
                  help_text=gettext_lazy("What you expect of those who test with people."))  # fmt: skip
    named_elsewhere = {"name": None}

    def initial_values(self):
        text = original_of(self.lab)
        return {name: getattr(text, name) for name in ("story", "legal", "ethics")}

    def prepare(self):
        made = {
            "name": lambda: line(_("Name"), 160, words=True),
            "summary": lambda: area(_("In two sentences"), 600, rows=3),
            "special": lambda: area(_("What is special about it"), 2_000),
            "story": lambda: area(_("Description"), TEXT_LIMIT, rows=8, rich=True),
            "legal": lambda: area(_("Legal conditions"), CONDITION_LIMIT, rich=True),
            "ethics": lambda: area(_("Ethical conditions"), CONDITION_LIMIT, rich=True),
        }
        self.others = OtherLanguages(self, self.lab, made, original_of(self.lab).language)

    def clean(self):
        said = super().clean()
        self.others.check()
        return said

    def said(self):
        original = {"language": original_of(self.lab).language} | {name: self.cleaned_data[name] for name in ("story", "legal", "ethics")}
        return {"texts": [original, *self.others.said()]}

    @property
    def groups(self):
        return [("words", _("Description and conditions"), [self[name] for name in ("story", "legal", "ethics")])]


class CheckForm(StepForm):
    """Who may read it, and what is missing."""

    visibility = forms.ChoiceField(
        label=pgettext_lazy("who may read", "Who may read it"), choices=Visibility, widget=NotedRadio(notes=VISIBILITY_NOTES)
    )

    def initial_values(self):
        return {"visibility": self.lab.visibility}

    def said(self):
        return {"visibility": self.cleaned_data["visibility"]}

    @property
    def groups(self):
        return [("readers", _("Readers"), [self["visibility"]])]

    @property
    def is_draft(self):
        return self.lab.state in (State.DRAFT, State.RETURNED)


@dataclass(frozen=True)
class Step:
    """A step: its word in the address, its label, its form."""

    slug: str
    label: Promise
    form: type


STEPS = {
    step.slug: step
    for step in (
        Step("basics", pgettext_lazy("step of a form", "What it is"), BasicsForm),
        Step("place", pgettext_lazy("step of a form", "Where it is"), PlaceForm),
        Step("equipment", pgettext_lazy("step of a form", "What it has"), EquipmentForm),
        Step("people", pgettext_lazy("step of a form", "Who runs it"), PeopleForm),
        Step("words", pgettext_lazy("step of a form", "Description and files"), WordsForm),
        Step("check", pgettext_lazy("step of a form", "Check and publish"), CheckForm),
    )
}

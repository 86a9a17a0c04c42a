"""One step of a project's form: its fields and rows over the content, what they say, what is wrong with them."""

import json
from dataclasses import dataclass, field
from functools import cached_property

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from common.publishing import State
from projects.content import TRANSLATION, digest
from projects.forms import rows
from projects.forms.steps import BasicsForm, CheckForm, PartnersForm, StoryForm, WhereForm

#: States in which nobody but its authors reads it as published: what is valid is kept at once, also while typing.
UNPUBLISHED = (State.DRAFT, State.RETURNED)
#: Sets that show an empty row where there is none yet.
INVITING = ("partners", "results", "lessons")
#: What a project that others read may not lose.
KEPT_FULL = {"summary": "summary", "themes": "themes", "municipalities": "sites", "phase": "phase"}


@dataclass(frozen=True)
class Step:
    """A step: its word in the address, its label, its form and its sets of rows by name."""

    slug: str
    label: Promise
    form: type
    sets: dict = field(default_factory=dict)

    @property
    def names(self):
        """Names of the content this step asks for, translations apart."""
        fields = [name for name in self.form.base_fields if name != "municipalities"]
        return [*fields, *(name for name in self.sets if name != "texts")]


STEPS = {
    step.slug: step
    for step in (
        Step("basics", pgettext_lazy("step of a form", "What it is"), BasicsForm),
        Step("where", pgettext_lazy("step of a form", "Where and when"), WhereForm, {"sites": rows.SITES}),
        Step("partners", pgettext_lazy("step of a form", "Partners and money"), PartnersForm, {"partners": rows.PARTNERS}),
        Step("story", pgettext_lazy("step of a form", "Story and results"), StoryForm, {
            "texts": rows.TRANSLATIONS, "results": rows.RESULTS, "lessons": rows.LESSONS, "milestones": rows.MILESTONES,
            "links": rows.LINKS,
        }),
        Step("check", pgettext_lazy("step of a form", "Check and submit"), CheckForm),
    )
}  # fmt: skip


class StepForm:
    """The form of one step, unbound over a project's content or bound to what somebody sent.

    `changes` is what it says in the words of the content, as far as it is valid. The hidden field `base` carries a mark of each value
    as the form was opened, so that a save can tell what its author has changed and what somebody else has.
    """

    def __init__(self, step, *, project, user, content, data=None, files=None, more=""):
        self.step, self.project, self.content, self.data = step, project, content, data
        others = (name.removeprefix(TRANSLATION) for name in content if name.startswith(TRANSLATION))
        self.context = {"project": project, "user": user, "content": content, "languages": {*dict(settings.LANGUAGES), *others}}
        if more.startswith("texts:") and more[6:] not in dict(self.missing_in(content)):
            more = ""
        self.form = step.form(data, context=self.context, auto_id="id_%s")
        for name in KEPT_FULL.keys() & self.form.fields.keys():
            self.form.fields[name].asked_later = True  # a draft may lack it, so it is not called optional either
        if project and project.state not in UNPUBLISHED:
            for name in KEPT_FULL.keys() & self.form.fields.keys():
                self.form.fields[name].required = bool(content.get(KEPT_FULL[name]))
        self.sets = {name: self._rows(name, made, more) for name, made in step.sets.items()}

    def _rows(self, name, made, more):
        data = self.data
        if data is not None and more.partition(":")[0] == name:
            data = data.copy()
            number = _counted(data.get(f"{name}-TOTAL_FORMS"))
            data[f"{name}-TOTAL_FORMS"] = number + 1
            data[f"{name}-{number}-language"] = more.partition(":")[2]
        initial = None if data is not None else self._initial(name, more)
        return made(data, initial=initial, prefix=name, context=self.context, auto_id="id_%s")

    def _initial(self, name, more):
        content = self.content
        if name == "texts":
            found = [{"language": key.removeprefix(TRANSLATION), **text} for key, text in content.items() if key.startswith(TRANSLATION)]
            return found + [{"language": more.partition(":")[2]}] * more.startswith("texts:")
        found = [{**row} for row in content.get(name, [])]
        if name == "sites":
            found = [_site_row(row) for row in found if is_exact(row)]
        if name == "milestones":
            period = rows.PeriodField()
            found = [row | {"date": period.to_python(row["date"])} for row in found]
        return found + [{}] * (more == name or (not found and name in INVITING))

    @property
    def base(self):
        """What the hidden field carries: a mark of each value as it is in the content now."""
        names = [*self.step.names, *(key for key in self.content if key.startswith(TRANSLATION) and "texts" in self.step.sets)]
        return json.dumps({name: digest(self.content.get(name)) for name in names}, sort_keys=True)

    @cached_property
    def is_valid(self):
        """Whether everything is; checks all of it, so that every error is found at once."""
        return all([self.form.is_valid(), *(one.is_valid() for one in self.sets.values())])

    @cached_property
    def changes(self):
        """`{name of content: value}` of what is valid."""
        said = self.form.said() if self.form.is_valid() or hasattr(self.form, "cleaned_data") else {}
        places = said.pop("municipalities", None)
        for name, one in self.sets.items():
            if one.is_valid() and name != "texts":
                said[name] = one.values()
        if "sites" in self.sets:
            said.pop("sites", None)
            said |= self._sites(places)
        return said | (self._translations() if "texts" in self.sets and self.sets["texts"].is_valid() else {})

    def _sites(self, places):
        """Municipalities and exact places are one list: first the municipalities no exact place stands in."""
        if places is None or not self.sets["sites"].is_valid():
            return {}
        exact, before = self.sets["sites"].values(), self.content.get("sites", [])
        named = {site["municipality"] for site in exact}
        both = {site["municipality"] for site in before if is_exact(site)} & {site["municipality"] for site in before if not is_exact(site)}
        bare = [bare_site(slug) for slug in places if slug not in named or slug in both]
        return {"sites": before if same_rows(bare + exact, before) else bare + exact}

    def _translations(self):
        """A translation that was in the form and is no more, goes; one the form never showed stays."""
        shown = {form.data.get(form.add_prefix("language"), "") for form in self.sets["texts"].forms}
        kept = {row["language"]: row for row in self.sets["texts"].values()}
        names = {f"{TRANSLATION}{code}": kept.get(code) for code in shown if code in self.context["languages"]}
        return {name: {part: row[part] for part in ("title", "summary", "story")} if row else None for name, row in names.items()}

    @property
    def errors(self):
        """[(id of the control, label, sentence)] of everything that needs another look, in the order of the page."""
        found = [("", "", sentence) for sentence in self.form.non_field_errors()]
        for bound in self.form:
            found += [(bound.id_for_label or bound.auto_id, bound.label, sentence) for sentence in bound.errors]
        for one in self.sets.values():
            found += [(f"{one.prefix}-set", one.label, sentence) for sentence in one.non_form_errors()]
            for number, form in enumerate(one.forms, 1):
                if one.is_bound and not one._should_delete_form(form):
                    found += [(bound.id_for_label or bound.auto_id, f"{one.one} {number}, {bound.label}", sentence)
                              for bound in form for sentence in bound.errors]  # fmt: skip
        return found

    @property
    def missing_languages(self):
        """[(code, name)] of the portal's languages there is no text in, nor a place for one on this page."""
        shown = {row["language"].value() for row in self.sets["texts"].forms} if "texts" in self.sets else set()
        return [(code, name) for code, name in self.missing_in(self.content) if code not in shown]

    def missing_in(self, content):
        used = {content.get("language"), *(name.removeprefix(TRANSLATION) for name in content if name.startswith(TRANSLATION))}
        return [(code, name) for code, name in settings.LANGUAGES if code not in used]

    @property
    def original_spoken(self):
        return rows.spoken(self.content.get("language", ""))

    @property
    def media(self):
        found = self.form.media
        for one in self.sets.values():
            found += one.empty_form.media if isinstance(one.empty_form, forms.Form) else one.media
        return found


def is_exact(site):
    return bool(site["label"]) or site["latitude"] is not None


def bare_site(slug):
    return {"municipality": slug, "label": "", "latitude": None, "longitude": None}


def same_rows(one, other):
    """Whether two lists hold the same rows in whatever order."""
    return len(one) == len(other) and all(row in other for row in one) and all(row in one for row in other)


def _site_row(row):
    point = {name: "" if row[name] is None else str(row[name]) for name in ("latitude", "longitude")}
    return row | point


def _counted(text):
    return int(text) if str(text or "").isdecimal() and len(str(text)) < 5 else 0

"""Rows of a form: partners, sites, results and the like. They can be added and removed without a script, and with one."""

from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.functions import Lower
from django.forms.formsets import BaseFormSet, formset_factory
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.fields import CleanText
from common.markup import language_name
from common.widgets import RichTextArea, TypeAhead
from organisations.models import Organisation
from projects.enums import LessonKind, PartnerRole
from projects.forms.fields import FigureField, PeriodField
from projects.models import STORY_LIMIT
from taxonomy.fields import MunicipalitiesField

LABEL_ID = "id_municipalities_options"


def spoken(code):
    """What the reader calls a language; the code of one nobody knows."""
    try:
        return language_name(code or "")
    except KeyError:
        return code or ""


def _notes(rows, **attrs):
    return forms.Textarea(attrs={"rows": rows, **attrs})


class SiteRow(forms.Form):
    label = CleanText(label=gettext_lazy("Name of the place"), max_length=160, required=False)
    municipality = CleanText(label=gettext_lazy("Municipality"), required=False, widget=forms.TextInput(attrs={"list": LABEL_ID}))
    latitude = FigureField(label=gettext_lazy("Latitude"))
    longitude = FigureField(label=gettext_lazy("Longitude"))


class PartnerRow(forms.Form):
    organisation = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    name = CleanText(
        label=gettext_lazy("Organisation or name"), max_length=200,
        widget=TypeAhead(reverse_lazy("projects:suggest", args=["organisations"]), into="organisation"),
    )  # fmt: skip
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=PartnerRole, initial=PartnerRole.PARTNER)


class ResultRow(forms.Form):
    indicator = CleanText(label=gettext_lazy("What was measured"), max_length=160, words=True)
    unit = CleanText(label=gettext_lazy("Unit"), max_length=40, required=False)
    baseline = FigureField(label=gettext_lazy("Before"))
    target = FigureField(label=gettext_lazy("Aim"))
    actual = FigureField(label=gettext_lazy("After"))
    method = CleanText(label=gettext_lazy("How it was measured"), max_length=300, required=False)
    period = CleanText(label=gettext_lazy("When"), max_length=80, required=False)


class LessonRow(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=LessonKind, initial=LessonKind.WORKED)
    title = CleanText(label=gettext_lazy("In one sentence"), max_length=200, words=True)
    text = CleanText(label=gettext_lazy("More about it"), max_length=4_000, single_line=False, required=False, widget=_notes(3))


class MilestoneRow(forms.Form):
    date = PeriodField(label=gettext_lazy("Date"), required=True)
    title = CleanText(label=gettext_lazy("What happened"), max_length=200, words=True)
    text = CleanText(label=gettext_lazy("More about it"), max_length=2_000, single_line=False, required=False, widget=_notes(2))


class LinkRow(forms.Form):
    url = forms.URLField(label=gettext_lazy("Address"), max_length=500, assume_scheme="https")
    label = CleanText(label=gettext_lazy("Name of the page"), max_length=160, required=False)


class TranslationRow(forms.Form):
    language = forms.CharField(max_length=8, widget=forms.HiddenInput)
    title = CleanText(label=gettext_lazy("Title"), max_length=300, words=True)
    summary = CleanText(label=gettext_lazy("Summary"), max_length=600, single_line=False, required=False, widget=_notes(4))
    story = CleanText(
        label=gettext_lazy("Story"), max_length=STORY_LIMIT, single_line=False, required=False, widget=RichTextArea(attrs={"rows": 10})
    )

    @property
    def spoken(self):
        """The language's name, or what stands in its place."""
        return spoken(self["language"].value())

    def has_changed(self):
        """A language that was added and left without a word is none."""
        return not {"title", "summary", "story"}.isdisjoint(self.changed_data)


class Rows(BaseFormSet):
    """Rows without a model behind them. A row left empty, or marked for removal, is no row."""

    label, one, add_label, remove_label, help_text = "", "", "", gettext_lazy("Remove"), ""

    def __init__(self, data=None, *, context, **kwargs):
        self.context = context
        super().__init__(data, **kwargs)

    def _construct_form(self, i, **kwargs):
        """Rows that are sent back empty are as if they had never been; so no row is held to be complete for its place."""
        kwargs |= {"empty_permitted": True, "use_required_attribute": False}
        return super()._construct_form(i, **kwargs)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = self.remove_label

    @property
    def kept_forms(self):
        return [form for form in self.forms if form.has_changed() and not self._should_delete_form(form)]

    def values(self):
        """The cleaned rows in their order; call when valid."""
        return [self.plain({name: value for name, value in form.cleaned_data.items() if name != "DELETE"}) for form in self.kept_forms]

    def plain(self, row):
        return row


class SiteRows(Rows):
    label = gettext_lazy("Exact places")
    one = pgettext_lazy("row of a form", "Place")
    help_text = gettext_lazy("A street, a building, a path. The numbers put it on the map; leave them empty if you do not know them.")
    add_label = gettext_lazy("Add a place")

    @cached_property
    def places(self):
        return MunicipalitiesField(required=False)

    def clean(self):
        for form in self.kept_forms:
            row = form.cleaned_data
            self._check_place(form, row.get("municipality"))
            if bool(row.get("latitude")) != bool(row.get("longitude")):
                form.add_error("longitude" if row.get("latitude") else "latitude", _("A point needs both numbers."))
            for name, limit in (("latitude", 90), ("longitude", 180)):
                if row.get(name) and abs(float(row[name])) > limit:
                    form.add_error(name, _("This lies outside the globe: at most %(limit)d.") % {"limit": limit})
            if not form.errors and not (row.get("label") or row.get("latitude")):
                form.add_error("label", _("Name the place, or give its point."))

    def _check_place(self, form, name):
        if name and not self.places.find(name):
            form.add_error("municipality", _("There is no municipality “%(name)s” here. Choose one of the list.") % {"name": name[:80]})

    def plain(self, row):
        place = self.places.find(row["municipality"]) if row["municipality"] else None
        point = {name: float(row[name]) if row[name] else None for name in ("latitude", "longitude")}
        return {"municipality": place.slug if place else "", "label": row["label"], **point}


class PartnerRows(Rows):
    label = gettext_lazy("Partners")
    one = pgettext_lazy("row of a form", "Partner")
    help_text = gettext_lazy(
        "Begin to type and choose an organisation of the portal: it is told and can confirm. Any other name is kept as you write it."
    )
    add_label = gettext_lazy("Add a partner")

    @cached_property
    def known(self):
        """The organisations meant by the rows, `{id: organisation}` and `{name in lower case: organisation}`; at most one query."""
        rows = [form.cleaned_data for form in self.kept_forms if form.is_valid()]
        pks = {row["organisation"] for row in rows if row.get("organisation")}
        names = {row["name"].casefold() for row in rows}
        seen = Organisation.objects.visible_to(self.context["user"]) | Organisation.objects.filter(pk__in=self._named_already())
        found = list(seen.alias(lowered=Lower("name")).filter(Q(pk__in=pks) | Q(lowered__in=names)))
        by_name = {}
        for organisation in found:
            by_name.setdefault(organisation.name.casefold(), []).append(organisation)
        return {one.pk: one for one in found}, {name: same[0] for name, same in by_name.items() if len(same) == 1}

    def _named_already(self):
        return [row["organisation"] for row in self.context["content"].get("partners", []) if row["organisation"]]

    def meant(self, row):
        """The organisation a row names: the chosen one while its name stands there, else the only one of that name."""
        by_pk, by_name = self.known
        chosen = by_pk.get(row.get("organisation"))
        if chosen and chosen.name.casefold() == row["name"].casefold():
            return chosen
        return by_name.get(row["name"].casefold())

    def clean(self):
        once = set()
        for form in self.kept_forms:
            if form.errors:
                continue
            said = (getattr(self.meant(form.cleaned_data), "pk", None), form.cleaned_data["role"])
            if said[0] and said in once:
                form.add_error("name", _("This organisation is named already in this role."))
            once.add(said)

    def plain(self, row):
        organisation = self.meant(row)
        name = organisation.name if organisation else row["name"]
        return {"organisation": organisation.pk if organisation else None, "name": name, "role": row["role"]}


class ResultRows(Rows):
    label = gettext_lazy("Results")
    one = pgettext_lazy("row of a form", "Result")
    help_text = gettext_lazy("One number is enough. Others compare theirs with it.")
    add_label = gettext_lazy("Add a result")


class LessonRows(Rows):
    label = gettext_lazy("Lessons learned")
    one = pgettext_lazy("row of a form", "Lesson")
    help_text = gettext_lazy("What did not work is the most read part of every project.")
    add_label = gettext_lazy("Add a lesson")


class MilestoneRows(Rows):
    label = gettext_lazy("Timeline")
    one = pgettext_lazy("row of a form", "Milestone")
    add_label = gettext_lazy("Add a milestone")

    def values(self):
        return sorted(super().values(), key=lambda row: row["date"])

    def plain(self, row):
        return row | {"date": row["date"].isoformat()}


class LinkRows(Rows):
    label = gettext_lazy("Links")
    one = pgettext_lazy("row of a form", "Link")
    add_label = gettext_lazy("Add a link")


class TranslationRows(Rows):
    label = gettext_lazy("Other languages")
    one = pgettext_lazy("row of a form", "Language")
    help_text = gettext_lazy("Readers get the text in their language where there is one, else the original.")
    add_label = gettext_lazy("Add a language")
    remove_label = pgettext_lazy("translation of a text", "Remove this language")

    def clean(self):
        used = {self.context["content"].get("language")}
        for form in self.kept_forms:
            code = form.cleaned_data.get("language", "")
            if code in used or code not in self.context["languages"]:
                raise ValidationError(_("Each language stands once, beside the original."))
            used.add(code)


def _set_of(row, rows, most):
    return formset_factory(row, formset=rows, extra=0, can_delete=True, max_num=most, absolute_max=most + 1, validate_max=True)


SITES = _set_of(SiteRow, SiteRows, 40)
PARTNERS = _set_of(PartnerRow, PartnerRows, 150)
RESULTS = _set_of(ResultRow, ResultRows, 40)
LESSONS = _set_of(LessonRow, LessonRows, 40)
MILESTONES = _set_of(MilestoneRow, MilestoneRows, 40)
LINKS = _set_of(LinkRow, LinkRows, 40)
TRANSLATIONS = _set_of(TranslationRow, TranslationRows, 10)

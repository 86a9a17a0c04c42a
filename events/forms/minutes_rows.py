"""Rows of the minutes: points, people, decisions, what is to be done. A row left without words is none, or is taken out."""

import uuid

from django import forms
from django.forms.formsets import formset_factory
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.fields import CleanText
from common.widgets import RichTextArea, TypeAhead
from events.enums import Presence
from events.models.minutes import ACTION_LIMIT, DECISION_LIMIT, DISSENT_LIMIT, POINT_LIMIT
from projects.forms.rows import Rows

BIGGEST = 2**62


def _notes(rows):
    return forms.Textarea(attrs={"rows": rows})


class KeyedRow(forms.Form):
    """A row that knows itself by its key; `core` names the fields without which it is none."""

    key = CleanText(required=False, max_length=36, widget=forms.HiddenInput)
    core = ()

    def has_changed(self):
        return any(str(self[name].data or "").strip() for name in self.core) if self.is_bound else super().has_changed()


class PointRow(KeyedRow):
    title = CleanText(label=gettext_lazy("Point"), max_length=200, words=True)
    presenter = CleanText(label=gettext_lazy("Who presented it"), max_length=120, required=False)
    text = CleanText(
        label=gettext_lazy("What was said"),
        max_length=POINT_LIMIT,
        single_line=False,
        required=False,
        widget=RichTextArea(attrs={"rows": 6}),
    )
    core = ("title", "text")


class PersonRow(KeyedRow):
    user = forms.IntegerField(required=False, min_value=1, max_value=BIGGEST, widget=forms.HiddenInput)
    organisation = forms.IntegerField(required=False, min_value=1, max_value=BIGGEST, widget=forms.HiddenInput)
    name = CleanText(label=gettext_lazy("Name"), max_length=160, words=True)
    organisation_name = CleanText(
        label=gettext_lazy("Organisation"), max_length=200, required=False,
        widget=TypeAhead(reverse_lazy("projects:suggest", args=["organisations"]), into="organisation"),
    )  # fmt: skip
    presence = forms.ChoiceField(label=gettext_lazy("Was there"), choices=Presence, initial=Presence.PRESENT)
    is_deputy = forms.BooleanField(label=gettext_lazy("As a deputy"), required=False)
    core = ("name",)


class DecisionRow(KeyedRow):
    text = CleanText(label=gettext_lazy("What was decided"), max_length=DECISION_LIMIT, single_line=False, widget=_notes(3))
    point = forms.ChoiceField(label=gettext_lazy("Under which point"), required=False)
    organisations = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Organisations that stand behind it"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    dissent = CleanText(
        label=gettext_lazy("Dissent"), max_length=DISSENT_LIMIT, single_line=False, required=False, widget=_notes(2),
        help_text=gettext_lazy("Who did not agree, and why: in their words."),
    )  # fmt: skip
    core = ("text", "dissent")


class AgreedRow(KeyedRow):
    text = CleanText(label=gettext_lazy("What is to be done"), max_length=ACTION_LIMIT, words=True)
    owner = forms.TypedChoiceField(label=gettext_lazy("Who does it"), coerce=int, empty_value=None, required=False)
    owner_name = CleanText(label=gettext_lazy("Or somebody else"), max_length=160, required=False)
    due_on = forms.DateField(
        label=gettext_lazy("By when"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "max": "2100-12-31"}),
    )
    core = ("text",)

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day and not 2000 <= day.year <= 2100:
            raise forms.ValidationError(gettext_lazy("Write a year between 2000 and 2100."), code="year")
        return day


class KeyedRows(Rows):
    """`context`: `token`, from which keys of new rows are made (the same form sent twice has the same), and the choices."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].widget.attrs["aria-describedby"] = f"{self.prefix}-title"
        for name, choices in self.context["choices"].get(self.prefix, {}).items():
            form.fields[name].choices = choices

    def keyed(self):
        """[(key, form)] of the rows that are meant to stand."""
        return [(self._key(form, number), form) for number, form in enumerate(self.forms) if self._stands(form)]

    def _stands(self, form):
        return form.has_changed() and not form["DELETE"].data

    def _key(self, form, number):
        try:
            return str(uuid.UUID(str(form["key"].data or "")))
        except ValueError:
            return str(uuid.uuid5(self.context["token"], f"{self.prefix}-{number}"))

    @property
    def is_right(self):
        return not [key for key, form in self.keyed() if not form.is_valid()]


class PointRows(KeyedRows):
    label = gettext_lazy("Points")
    one = pgettext_lazy("row of a form", "Point")
    add_label = gettext_lazy("Add a point")


class PeopleRows(KeyedRows):
    label = gettext_lazy("Who was there")
    one = pgettext_lazy("row of a form", "Participant")
    help_text = gettext_lazy("Taken from the registrations and the seats of the group. Guests are added by name.")
    add_label = gettext_lazy("Add somebody")


class DecisionRows(KeyedRows):
    label = gettext_lazy("Decisions")
    one = pgettext_lazy("row of a form", "Decision")
    help_text = gettext_lazy("Each gets its number in the log when the minutes are approved.")
    add_label = gettext_lazy("Add a decision")


class AgreedRows(KeyedRows):
    label = gettext_lazy("Action points")
    one = pgettext_lazy("row of a form", "Action point")
    help_text = gettext_lazy("Whoever takes one on is told when the minutes are approved, and reminded three days before it is due.")
    add_label = gettext_lazy("Add an action point")


def _set_of(row, rows, most):
    return formset_factory(row, formset=rows, extra=0, can_delete=True, max_num=most, absolute_max=most + 1)


SETS = {
    "points": _set_of(PointRow, PointRows, 80),
    "people": _set_of(PersonRow, PeopleRows, 320),
    "decisions": _set_of(DecisionRow, DecisionRows, 60),
    "agreed": _set_of(AgreedRow, AgreedRows, 80),
}

"""What is asked about an action point."""

from django import forms
from django.utils.translation import gettext_lazy

from common.fields import CleanText


class FinishForm(forms.Form):
    note = CleanText(label=gettext_lazy("What came of it"), max_length=500, required=False)


class AssignForm(forms.Form):
    """Another owner, another date; carries the revision it was opened at."""

    owner = forms.TypedChoiceField(label=gettext_lazy("Who does it"), coerce=int, empty_value=None, required=False)
    owner_name = CleanText(label=gettext_lazy("Or somebody else"), max_length=160, required=False)
    due_on = forms.DateField(
        label=gettext_lazy("By when"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "max": "2100-12-31"}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, data=None, *, point, people):
        initial = {"owner": point.owner_id or "", "owner_name": point.owner_name, "due_on": point.due_on, "revision": point.revision}
        super().__init__(data, initial=initial, auto_id=f"action_{point.pk}_%s", use_required_attribute=False)
        if point.owner_id and point.owner_id not in dict(people):
            people = [*people, (point.owner_id, point.owner.shown_name)]
        self.fields["owner"].choices = [("", gettext_lazy("Nobody of these")), *people]

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day and not 2000 <= day.year <= 2100:
            raise forms.ValidationError(gettext_lazy("Write a year between 2000 and 2100."), code="year")
        return day

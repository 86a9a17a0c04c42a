"""Keeping units of an offer from being booked."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import actions
from common.fields import CleanText


class BlockForm(forms.Form):
    """Whole days of one offer of the lab; all units, or one."""

    offer = forms.ChoiceField(label=gettext_lazy("Offer"))
    start = forms.DateField(label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    end = forms.DateField(label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    unit = forms.IntegerField(
        label=gettext_lazy("Unit"), required=False, min_value=1, max_value=1_000, help_text=gettext_lazy("Leave it empty for all units.")
    )
    title = CleanText(label=gettext_lazy("Why"), max_length=200, help_text=gettext_lazy("Only the lab's people read it."))

    def __init__(self, data=None, *, offers, user):
        super().__init__(data, use_required_attribute=False, prefix="block")
        self.offers, self.user = {str(one.pk): one for one in offers}, user
        self.fields["offer"].choices = [(pk, str(one)) for pk, one in self.offers.items()]

    def clean(self):
        said = super().clean() or self.cleaned_data
        if said.get("start") and said.get("end") and said["end"] < said["start"]:
            self.add_error("end", _("The end lies before the start."))
        return said

    def save(self):
        """The booking; None where the verb refuses, with its reason at the field."""
        said = self.cleaned_data
        try:
            return actions.block(
                self.offers[said["offer"]], start=said["start"], end=said["end"], unit=said["unit"], title=said["title"], by=self.user
            )
        except ValidationError as refusal:
            errors = refusal.error_dict if hasattr(refusal, "error_dict") else {None: refusal}
            for name, reasons in errors.items():
                self.add_error(name if name in self.fields else None, reasons)
            return None

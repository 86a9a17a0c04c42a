"""Two moments on the clock of a lab, as forms ask for them."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.fields import MomentField
from common.moments import exists_on_the_clock


class PeriodForm(forms.Form):
    """`lab` says on which clock. What the verb refuses stands at its field."""

    start = MomentField(label=gettext_lazy("Begins"))
    end = MomentField(label=gettext_lazy("Ends"))

    def __init__(self, data=None, *, lab, **options):
        super().__init__(data, use_required_attribute=False, **options)
        self.lab = lab

    def clean(self):
        said = super().clean() or self.cleaned_data
        for name in ("start", "end"):
            if said.get(name) and not exists_on_the_clock(said[name], self.lab.zone):
                self.add_error(name, _("This hour does not exist that night: the clocks are put forward. Choose another time."))
        if said.get("start") and said.get("end") and said["end"] <= said["start"]:
            self.add_error("end", _("The end lies before the start."))
        return said

    def carry_out(self, verb, *arguments, **options):
        """What the verb returns; None for a refusal, with its reasons at the fields."""
        try:
            return verb(*arguments, **options)
        except ValidationError as refusal:
            self.take(refusal)
            return None

    def take(self, refusal):
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for name, errors in refusal.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)

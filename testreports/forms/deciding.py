"""What the other side says to a submitted report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import CleanText
from testreports.enums import GoesOn, State
from testrequests.enums import Side


class AgreeForm(forms.Form):
    """The host's own word, where the lab agrees; nothing more is asked of a company."""

    goes_on = forms.ChoiceField(label=_("Would you go on with it?"), choices=GoesOn, widget=forms.RadioSelect)
    goes_on_why = CleanText(
        label=_("Why"), max_length=2_000, single_line=False, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In the language of the report. Others read it."),
    )  # fmt: skip

    #: The revision that was read: nobody agrees to what was written meanwhile.
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, data=None, *, report):
        super().__init__(data, initial={"seen": report.revision}, use_required_attribute=False, auto_id="agree_%s")
        if report.side == Side.LAB or report.state == State.HIDDEN:
            del self.fields["goes_on"], self.fields["goes_on_why"]

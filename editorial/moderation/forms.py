"""What somebody says who reports a noun."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import CleanText
from records.enums import ReportReason


class ReportForm(forms.Form):
    """A reason of a list, and words that help the moderator to find it."""

    reason = forms.ChoiceField(label=_("What is wrong?"), choices=ReportReason, widget=forms.RadioSelect)
    text = CleanText(
        label=_("Tell us more"), required=False, single_line=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Which sentence, picture or address do you mean? Only moderators read this."),
    )  # fmt: skip

    def clean(self):
        data = super().clean()
        if data.get("reason") == ReportReason.OTHER and not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("Say what is wrong: no reason of the list fits."))
        return data

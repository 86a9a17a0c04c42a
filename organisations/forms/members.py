"""Inviting to an organisation."""

from django import forms
from django.utils.translation import get_language, gettext_lazy

from organisations.enums import Role
from organisations.forms import choices

ROLE_NOTES = {
    Role.MEMBER: gettext_lazy("Member: writes drafts, which an editor or a moderator looks at"),
    Role.EDITOR: gettext_lazy("Editor: publishes in the organisation's name"),
    Role.OWNER: gettext_lazy("Owner: also decides who belongs to it"),
}


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), max_length=254,
        help_text=gettext_lazy("With or without an account here. The invitation is for this address and lasts 14 days."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=list(ROLE_NOTES.items()), widget=forms.RadioSelect, initial=Role.MEMBER)
    language = forms.ChoiceField(label=gettext_lazy("Language of the mail"))

    def __init__(self, data=None):
        super().__init__(data, use_required_attribute=False)
        self.fields["language"].choices = choices.languages()
        self.fields["language"].initial = get_language()

"""What members say about their account."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.markup import own_name
from common.text import clean_name, has_words
from members.models import User


def language_choices():
    """The portal's languages, each by its own name."""
    return [(code, own_name(code)) for code, _name in settings.LANGUAGES]


def zone_choices():
    """Time zones by their places; the portal's own first."""
    zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "posix/", "right/")))
    return [(zone, zone.replace("_", " ")) for zone in dict.fromkeys([settings.TIME_ZONE, *zones])]


def cleaned_person_name(name):
    """A person's name as it is kept; refuses what nobody could be called by."""
    name = clean_name(name)
    if not has_words(name):
        raise ValidationError(_("Write a name with letters."), code="no_letters")
    return name


class AcceptTermsForm(forms.Form):
    accept = forms.BooleanField(label=_("I accept the terms of use"))


class AccountSettingsForm(forms.ModelForm):
    """Name, language and time zone. The language of the page follows the address; this one is for mails."""

    language = forms.ChoiceField(label=_("Language of mails to you"), choices=language_choices)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices, help_text=_("Dates and times in mails follow it."))

    class Meta:
        model = User
        fields = ["name", "language", "time_zone"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].widget.attrs["autocomplete"] = "name"

    def clean_name(self):
        return cleaned_person_name(self.cleaned_data["name"])

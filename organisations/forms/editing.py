"""What an owner says about the organisation, in each language of the portal."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import WrongState
from common.fields import CleanText
from common.markup import language_name
from common.stale import Revised
from common.widgets import RichTextArea
from organisations import actions
from organisations.domains import clean_domain
from organisations.enums import OrganisationType
from organisations.forms import choices
from organisations.models import NOTE_LIMIT
from taxonomy.models import Municipality

DESCRIPTION_LIMIT = 20_000
FIELDS = ("name", "type", "country", "registration_number", "website")


class OrganisationForm(Revised):
    name = CleanText(label=gettext_lazy("Name"), max_length=200, words=True)
    type = forms.ChoiceField(label=gettext_lazy("Type"), choices=OrganisationType)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    municipality = forms.ChoiceField(label=gettext_lazy("Municipality"), required=False)
    registration_number = CleanText(label=gettext_lazy("Registration number"), max_length=32, required=False)
    website = forms.URLField(
        label=gettext_lazy("Website"), max_length=300, required=False, assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
    )  # fmt: skip
    logo = forms.FileField(
        label=gettext_lazy("Logo"), required=False,
        help_text=gettext_lazy("A PNG, JPEG or WebP picture, instead of the one before."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )  # fmt: skip
    original = forms.ChoiceField(
        label=gettext_lazy("Language it was written in first"),
        help_text=gettext_lazy("Shown to readers in whose language there is no description."),
    )  # fmt: skip

    def __init__(self, data=None, files=None, *, organisation):
        self.organisation = self.standing = organisation
        self.texts = {text.language: text for text in organisation.texts.all()}
        super().__init__(data, files, initial=self._initial(), use_required_attribute=False)
        self.fields["country"].choices = choices.countries()
        self.fields["municipality"].choices = self._municipalities()
        self.fields["original"].choices = choices.languages()
        for code, _name in settings.LANGUAGES:
            self._add_language(code, language_name(code))

    def _add_language(self, code, language):
        text = self.texts.get(code)
        self.fields[f"name_{code}"] = CleanText(
            label=_("Name in %(language)s") % {"language": language}, max_length=200, required=False, initial=text.name if text else "",
            help_text=_("Only where it is called something else in this language."),
        )  # fmt: skip
        self.fields[f"description_{code}"] = CleanText(
            label=_("Description in %(language)s") % {"language": language}, max_length=DESCRIPTION_LIMIT, single_line=False,
            required=False, widget=RichTextArea(attrs={"rows": 6}), initial=text.description if text else "",
        )  # fmt: skip

    def _initial(self):
        one = self.organisation
        original = next((text.language for text in self.texts.values() if text.is_original), "")
        known = original if original in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        return {name: getattr(one, name) for name in FIELDS} | {
            "municipality": one.municipality.slug if one.municipality else "", "original": known,
        }  # fmt: skip

    def _municipalities(self):
        """The region's, and the organisation's own where that lies elsewhere."""
        rows, own = choices.municipalities(), self.organisation.municipality
        return rows if own is None or own.slug in dict(rows) else [*rows, (own.slug, str(own))]

    @property
    def facts(self):
        return [self[name] for name in ("name", "type", "country", "municipality", "registration_number", "website", "logo")]

    @property
    def languages(self):
        """[(code, name of the language, its fields)]."""
        return [(code, language_name(code), [self[f"name_{code}"], self[f"description_{code}"]]) for code, _name in settings.LANGUAGES]

    def save(self, *, by):
        """Write what is said; errors of the verb come to the form. Returns whether it was written."""
        said = self.cleaned_data
        place = Municipality.objects.filter(slug=said["municipality"]).first() if said["municipality"] else None
        try:
            if said["logo"]:
                actions.set_logo(self.organisation, said["logo"], by=by)
            fields = {name: said[name] for name in FIELDS}
            fields |= {"municipality": place, "revision": self.opened_at}
            actions.update_organisation(self.organisation, by=by, texts=self._texts(), **fields)
        except ValidationError as refusal:
            is_of_logo = not hasattr(refusal, "error_dict") and not isinstance(refusal, WrongState)
            self.take(ValidationError({"logo": refusal.messages}) if is_of_logo else refusal)
        return not self.errors

    def _texts(self):
        """The languages of the form as they are typed, those it does not show as they are kept."""
        said = self.cleaned_data
        shown = dict(settings.LANGUAGES)
        typed = [
            {"language": code, "name": said[f"name_{code}"], "description": said[f"description_{code}"], "is_original": False}
            for code in shown
            if said[f"name_{code}"] or said[f"description_{code}"]
        ]
        kept = [
            {"language": code, "name": text.name, "description": text.description, "is_original": False}
            for code, text in self.texts.items()
            if code not in shown and (text.name or text.description)
        ]
        texts = typed + kept
        original = next((text for text in texts if text["language"] == said["original"]), texts[0] if texts else None)
        if original:
            original["is_original"] = True
        return texts


class DomainForm(forms.Form):
    """An owner asks for a domain; a moderator gives it. It stands on the page of the organisation's own form."""

    name = forms.CharField(
        label=gettext_lazy("Domain"), max_length=253, widget=forms.TextInput(attrs={"autocapitalize": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("What stands behind the @ of your work addresses, such as koege.dk. Whoever has one joins at once."),
    )  # fmt: skip
    note = CleanText(
        label=gettext_lazy("A note to the moderators"), max_length=NOTE_LIMIT, single_line=False, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="domain_%s", **kwargs)

    def clean_name(self):
        return clean_domain(self.cleaned_data["name"])

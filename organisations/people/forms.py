"""What a member says about herself, and to whom."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from common.fields import CleanText
from common.markup import language_name
from common.sorting import sorted_by_name
from common.widgets import RichTextArea, TwoColumns, TypeAheadMany
from members.enums import PARTS, Audience
from members.profile import ABOUT_LIMIT, Profile
from organisations.models import Organisation
from organisations.people import actions
from taxonomy.fields import MunicipalitiesField, TagsField
from taxonomy.models import Municipality, Theme

#: Languages people name besides the portal's own, by code.
LANGUAGES = (
    "ar", "bs", "de", "es", "et", "fa", "fi", "fr", "is", "it", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru", "tr", "uk", "ur",
)  # fmt: skip
MOST_TAGS = 20


class ProfileForm(forms.Form):
    headline = CleanText(
        label=gettext_lazy("Headline"), max_length=160, required=False,
        help_text=gettext_lazy("What you work with, in a line. It stands under your name wherever your name is shown."),
    )  # fmt: skip
    about = CleanText(
        label=gettext_lazy("About me"), max_length=ABOUT_LIMIT, single_line=False, required=False, widget=RichTextArea(attrs={"rows": 8}),
        help_text=gettext_lazy("What may colleagues elsewhere ask you about?"),
    )  # fmt: skip
    text_language = forms.ChoiceField(label=gettext_lazy("Language of headline and text"))
    photo = forms.FileField(
        label=gettext_lazy("Photo"), required=False, help_text=gettext_lazy("A PNG, JPEG or WebP picture, instead of the one before."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )  # fmt: skip
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation beside my name"), queryset=Organisation.objects.none(), to_field_name="slug", required=False,
        empty_label=gettext_lazy("None of them"),
    )  # fmt: skip
    themes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Themes"), queryset=Theme.objects.none(), to_field_name="slug", required=False, widget=TwoColumns
    )
    municipalities = MunicipalitiesField(
        label=gettext_lazy("Municipalities"), required=False, help_text=gettext_lazy("Those you work with or follow, separated by commas."),
    )  # fmt: skip
    tags = TagsField(
        label=gettext_lazy("Tags"), required=False, most=MOST_TAGS, widget=TypeAheadMany(reverse_lazy("projects:suggest", args=["tags"])),
        help_text=gettext_lazy("Words people may look for you by, separated by commas."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(label=gettext_lazy("Languages I speak"), required=False, widget=TwoColumns)
    listed_to = forms.ChoiceField(
        label=gettext_lazy("Who finds my page"), choices=Audience, widget=forms.RadioSelect,
        help_text=gettext_lazy("In the list of people, in search and on the pages of your organisations."),
    )  # fmt: skip

    def __init__(self, data=None, files=None, *, user):
        self.user, self.profile = user, actions.profile_for(user)
        super().__init__(data, files, initial=self._initial(), use_required_attribute=False)
        for part in PARTS:
            label = Profile._meta.get_field(f"{part}_to").verbose_name
            initial = getattr(self.profile, f"{part}_to")
            self.fields[f"{part}_to"] = forms.ChoiceField(label=label, choices=Audience, initial=initial)
        self.fields["text_language"].choices = settings.LANGUAGES
        self.fields["organisation"].queryset = Organisation.objects.filter(memberships__user=user).order_by("name", "pk")
        self.fields["themes"].queryset = Theme.objects.order_by("position", "slug")
        self.fields["languages"].choices = self._languages()
        self.fields["municipalities"].widget.labelled = self.fields["municipalities"].labelled

    def _initial(self):
        saved = self.profile.pk is not None
        main = self.user.memberships.filter(is_main=True).select_related("organisation").first()
        return {name: getattr(self.profile, name) for name in ("headline", "about", "languages", "listed_to")} | {
            "text_language": self.profile.text_language or get_language(),
            "organisation": main.organisation.slug if main else "",
            "themes": [theme.slug for theme in self.profile.themes.all()] if saved else [],
            "municipalities": [place.slug for place in self.profile.municipalities.all()] if saved else [],
            "tags": sorted(tag.name for tag in self.profile.tags.all()) if saved else [],
        }

    def _languages(self):
        """The portal's first, then others and those chosen before, by name."""
        own = [code for code, _name in settings.LANGUAGES]
        others = dict.fromkeys([*LANGUAGES, *self.profile.languages])
        return [(code, language_name(code)) for code in [*own, *sorted_by_name([c for c in others if c not in own], name=language_name)]]

    def clean_listed_to(self):
        if self.cleaned_data["listed_to"] != Audience.NOBODY and not self.user.name:
            raise ValidationError(_("People are found by their name, and you have not given one. Write it in your account first."))
        return self.cleaned_data["listed_to"]

    @property
    def audiences(self):
        return [self[f"{part}_to"] for part in PARTS]

    @property
    def told(self):
        names = ("headline", "about", "text_language", "photo", "organisation", "themes", "municipalities", "tags", "languages")
        return [self[name] for name in names]

    def save(self):
        """Write what is said; errors of the verbs come to the form. Returns whether it was written."""
        said = dict(self.cleaned_data)
        photo = said.pop("photo")
        said["municipalities"] = list(Municipality.objects.filter(slug__in=said["municipalities"]))
        try:
            if photo:
                actions.set_photo(self.user, photo)
        except ValidationError as refusal:
            self.add_error("photo", refusal.messages)
            return False
        try:
            actions.save_profile(self.user, **said)
        except ValidationError as refusal:
            self.add_error(None, refusal)
        return not self.errors

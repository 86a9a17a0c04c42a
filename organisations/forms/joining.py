"""Finding an organisation, asking to join it, proposing one that is not here yet."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy

from common.fields import CleanText
from common.rows import clean_row
from organisations import actions
from organisations.enums import OrganisationType
from organisations.forms import choices
from organisations.lookalikes import lookalikes
from organisations.models import NOTE_LIMIT, Organisation
from taxonomy.models import Municipality

DESCRIPTION_LIMIT = 4_000


class FindForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Name of your organisation"), required=False, max_length=100)

    def found(self, user):
        """Organisations of a name like this that the member does not belong to; None where nothing was asked."""
        words = self.cleaned_data.get("q", "").replace("\x00", "").strip() if self.is_valid() else ""
        if not words:
            return None
        return [one for one in lookalikes(user, name=words) if one.pk not in user.organisation_roles]


class AskForm(forms.Form):
    note = CleanText(
        label=gettext_lazy("A note to the owners"), max_length=NOTE_LIMIT, single_line=False, required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Say who you are and what you do there, so that they recognise you."),
    )  # fmt: skip


class ProposalForm(forms.Form):
    """`propose()` shows what looks alike first: it makes the organisation when the member says that it is none of these."""

    name = CleanText(
        label=gettext_lazy("Name"), max_length=200, words=True, help_text=gettext_lazy("As it is written in letters it sends.")
    )
    type = forms.ChoiceField(label=gettext_lazy("Type"), choices=OrganisationType, widget=forms.RadioSelect)
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    municipality = forms.ChoiceField(label=gettext_lazy("Municipality"), required=False, help_text=gettext_lazy("Where it sits."))
    registration_number = CleanText(
        label=gettext_lazy("Registration number"), max_length=32, required=False,
        help_text=gettext_lazy("CVR number in Denmark, organisationsnummer in Sweden. It tells one from others of the same name."),
    )  # fmt: skip
    website = forms.URLField(
        label=gettext_lazy("Website"), max_length=300, required=False, assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
    )  # fmt: skip
    description = CleanText(
        label=gettext_lazy("What it does"), max_length=DESCRIPTION_LIMIT, single_line=False, required=False,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=gettext_lazy("A few sentences. You can change them later."),
    )  # fmt: skip
    language = forms.ChoiceField(label=gettext_lazy("Language of this description"))

    def __init__(self, data=None, *, user):
        super().__init__(data, use_required_attribute=False)
        self.user, self.alike = user, []
        self.fields["country"].choices = choices.countries()
        self.fields["municipality"].choices = choices.municipalities()
        self.fields["language"].choices = choices.languages()
        self.fields["language"].initial = get_language()

    def clean(self):
        values = {name: self.cleaned_data.get(name, "") for name in ("registration_number", "website")}
        try:
            clean_row(Organisation(name="x", type=OrganisationType.NETWORK, **values), exclude=("slug",))
        except ValidationError as errors:
            self.add_error(None, errors)

    def propose(self):
        """The new organisation; None while what looks alike (`alike`) is to be looked at, or when the verb refuses."""
        said = self.cleaned_data
        self.alike = lookalikes(self.user, **{name: said[name] for name in ("name", "registration_number", "website")})
        if self.alike and "none_of_these" not in self.data:
            return None
        try:
            return actions.propose(by=self.user, **self._fields(said))
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return None

    def _fields(self, said):
        place = Municipality.objects.filter(slug=said["municipality"]).first() if said["municipality"] else None
        fields = {name: said[name] for name in ("name", "type", "country", "registration_number", "website")}
        texts = [{"language": said["language"], "description": said["description"], "is_original": True}] if said["description"] else []
        return {**fields, "municipality": place, "texts": texts}

"""What a moderator says about an organisation."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.fields import CleanText
from organisations import actions
from organisations.enums import OrganisationType
from organisations.forms import choices
from organisations.models import Organisation
from taxonomy.models import Municipality


class FactsForm(forms.Form):
    """Name and place, as owners change them too; a moderator mends a proposal with it."""

    name = CleanText(label=gettext_lazy("Name"), max_length=200, words=True)
    type = forms.ChoiceField(label=gettext_lazy("Type"), choices=OrganisationType)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    municipality = forms.ChoiceField(label=gettext_lazy("Municipality"), required=False)
    registration_number = CleanText(label=gettext_lazy("Registration number"), max_length=32, required=False)
    website = forms.URLField(label=gettext_lazy("Website"), max_length=300, required=False, assume_scheme="https")

    def __init__(self, data=None, *, organisation):
        self.organisation = organisation
        place = organisation.municipality
        initial = {name: getattr(organisation, name) for name in self.base_fields} | {"municipality": place.slug if place else ""}
        super().__init__(data, initial=initial, auto_id="facts_%s")
        self.fields["country"].choices = choices.countries()
        rows = choices.municipalities()
        self.fields["municipality"].choices = rows if place is None or place.slug in dict(rows) else [*rows, (place.slug, str(place))]

    def save(self, *, by):
        """Returns whether it was written; errors of the verb come to the form."""
        said = dict(self.cleaned_data)
        said["municipality"] = Municipality.objects.filter(slug=said["municipality"]).first() if said["municipality"] else None
        try:
            actions.update_organisation(self.organisation, by=by, **said)
        except ValidationError as refusal:
            self.add_error(None, refusal)
        return not self.errors


class MergeForm(forms.Form):
    """Which organisation takes over, by its address or name: there are too many for a list."""

    into = forms.CharField(
        label=gettext_lazy("The organisation that stays"), max_length=300, help_text=gettext_lazy("Its name, or the address of its page.")
    )
    sure = forms.BooleanField(label=gettext_lazy("I have looked at both. This cannot be undone."))

    def __init__(self, data=None, *, organisation):
        self.organisation = organisation
        super().__init__(data, auto_id="merge_%s")

    def clean_into(self):
        said = self.cleaned_data["into"].strip()
        slug = said.rstrip("/").rpartition("/")[2]
        others = Organisation.objects.exclude(pk=self.organisation.pk)
        found = list(others.filter(slug=slug)[:1] or others.filter(name__iexact=said)[:2])
        if len(found) != 1:
            raise ValidationError(_("There is no other organisation of this name or address, or there are several: give the address."))
        return found[0]

"""The steps of a request. A draft keeps whatever is valid of them; what is not stays in the form as it was typed."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from common.fields import CleanText
from common.sorting import sorted_by_name
from common.widgets import NotedRadio
from livinglabs.enums import TRL
from organisations.models import Organisation
from projects.forms.fields import PeriodField
from taxonomy.models import Municipality
from testrequests.enums import PersonalData, Publishing
from testrequests.forms.places import PlacesField, value_of
from testrequests.models import SECRET_LIMIT, TEXT_LIMIT

NAMED = {"organisation", "places", "confidential", "base"}  # what is not a column of the request


def area(label, help_text="", *, rows=3, limit=TEXT_LIMIT, later=False):
    """A text of several lines. `later`: a draft may lack it, so it is not called optional either."""
    field = CleanText(label=label, help_text=help_text, max_length=limit, single_line=False, required=False,
                      widget=forms.Textarea(attrs={"rows": rows}))  # fmt: skip
    field.asked_later = later
    return field


def later(field):
    field.asked_later = True
    return field


class StepForm(forms.Form):
    """`base` is the revision it was opened at: whoever saves second is told, and sees both."""

    base = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    #: [(heading, names of fields)] in the order of the page.
    layout = ()

    def __init__(self, data=None, *, user, request=None, initial=None):
        self.user, self.request, self.theirs = user, request, []
        super().__init__(data, initial={**self._stands(), **(initial or {})}, use_required_attribute=False)

    def _stands(self):
        if self.request is None:
            return {}
        names = [name for name in self.base_fields if name not in NAMED]
        return {"base": self.request.revision} | {name: getattr(self.request, name) for name in names}

    @property
    def groups(self):
        return [(heading, [self[name] for name in names]) for heading, names in self.layout]

    @property
    def said(self):
        """What is valid, as the verbs take it."""
        return {name: value for name, value in self.cleaned_data.items() if name not in NAMED}

    def arguments(self):
        """What is valid, with what is no column of the request."""
        return self.said

    def show_theirs(self):
        """Nothing is saved yet: what stands now is shown beside what was typed, and the next save counts."""
        self.theirs = [
            (field.label, field.field.prepare_value(field.initial))
            for field in self.visible_fields()
            if field.name in self.cleaned_data and field.name not in NAMED and field.field.has_changed(field.initial, field.data)
        ]
        self.data = self.data.copy()
        self.data["base"] = str(self.request.revision)
        self.add_error(None, _("Somebody else has changed this request meanwhile. Yours is kept here, theirs stands below. Save again to"
                               " keep yours."))  # fmt: skip

    def take(self, refusal):
        """The verb's reasons, each at the field it is about."""
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for name, errors in refusal.error_dict.items():
            place = {"labs": "places", "text": "confidential"}.get(name, name)
            self.add_error(place if place in self.fields else None, errors)


class WhatForm(StepForm):
    organisation = forms.ChoiceField(label=gettext_lazy("Who asks"))
    language = forms.ChoiceField(label=gettext_lazy("Language of these texts"), choices=settings.LANGUAGES)
    title = CleanText(label=gettext_lazy("Title"), max_length=200, words=True,
                      help_text=gettext_lazy("What is tested, in a few words, such as “Level sensors for waste bins”."))  # fmt: skip
    tested = area(gettext_lazy("What do you want to test?"), gettext_lazy("What is installed or used, how many, by whom."), later=True)
    problem = area(gettext_lazy("Which problem does it solve?"), gettext_lazy("Whose problem it is, and how it is dealt with today."),
                   later=True)  # fmt: skip
    product = area(gettext_lazy("The product"), gettext_lazy("What it is called, what it is made of, where it is in use already."))
    trl = later(forms.TypedChoiceField(
        label=gettext_lazy("How mature is it?"), required=False, coerce=int, empty_value=None,
        help_text=gettext_lazy("Technology readiness level, from 1 to 9."),
    ))  # fmt: skip
    layout = ((None, ("organisation", "title", "language", "tested", "problem", "product", "trl")),)

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        self.fields["trl"].choices = [("", _("Choose")), *((level, f"{level} – {words}") for level, words in TRL.items())]
        if self.request is not None:
            del self.fields["organisation"]
            return
        rows = Organisation.objects.writable_by(self.user).order_by("name", "pk")
        self.organisations = {str(row.pk): row for row in rows}
        self.fields["organisation"].choices = [(pk, row.name) for pk, row in self.organisations.items()]
        self.initial.setdefault("language", get_language())
        if len(self.organisations) == 1:
            self.fields["organisation"].required = False
            self.fields["organisation"].widget = forms.HiddenInput()

    @property
    def groups(self):
        return [(heading, [self[name] for name in names if name in self.fields]) for heading, names in self.layout]

    @property
    def chosen_organisation(self):
        found = self.cleaned_data.get("organisation") or next(iter(self.organisations), "")
        return self.organisations.get(found)


class WhereForm(StepForm):
    places = PlacesField(label=gettext_lazy("Labs to ask"), required=False)
    starts_on = later(PeriodField(label=gettext_lazy("Test from"), help_text=gettext_lazy("A month or a day, such as 03 2027.")))
    ends_on = later(PeriodField(label=gettext_lazy("Test until"), ends=True))
    municipality = forms.ChoiceField(label=gettext_lazy("Municipality"), required=False)
    place = CleanText(label=gettext_lazy("What kind of place?"), max_length=200, required=False,
                      help_text=gettext_lazy("Such as a shopping street, a care home, five lamp posts in the shade."))  # fmt: skip
    users = area(gettext_lazy("Who takes part or is affected?"), gettext_lazy("Residents, staff, passers-by: how many, and what of them."))
    layout = (
        (gettext_lazy("When"), ("starts_on", "ends_on")),
        (gettext_lazy("Where and with whom"), ("municipality", "place", "users")),
    )

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        self.fields["places"].user = self.user
        towns = sorted_by_name(Municipality.objects.in_portal())
        self.fields["municipality"].choices = [("", _("Any, or the labs' own")), *((town.slug, str(town)) for town in towns)]

    def _stands(self):
        stands = super()._stands()
        if self.request is not None:
            rows = self.request.applications.select_related("lab", "offer")
            stands["places"] = [value_of(one.lab, one.offer) for one in rows]
            stands["municipality"] = self.request.municipality.slug if self.request.municipality else ""
        return stands

    @property
    def chosen(self):
        """The values of the labs as they stand or were sent."""
        return self.data.getlist("places") if self.is_bound and hasattr(self.data, "getlist") else self.initial.get("places", [])

    @property
    def offered(self):
        """[Place] that can be chosen, while the request is a draft."""
        return self.fields["places"].places(self.chosen) if self.request.is_draft else []

    def clean_municipality(self):
        slug = self.cleaned_data["municipality"]
        return Municipality.objects.filter(slug=slug).first() if slug else None

    def clean(self):
        said = super().clean()
        if said.get("starts_on") and said.get("ends_on") and said["ends_on"] < said["starts_on"]:
            self.add_error("ends_on", ValidationError(_("The end lies before the start."), code="reversed"))
            said.pop("starts_on")  # neither of the two is kept, so that what stands stays in order
        return said

    def arguments(self):
        return self.said | ({"labs": self.cleaned_data["places"]} if self.request.is_draft and "places" in self.cleaned_data else {})


class ConditionsForm(StepForm):
    personal_data = later(forms.ChoiceField(
        label=gettext_lazy("Are data about people collected?"), choices=PersonalData, required=False,
        widget=NotedRadio(notes={PersonalData.YES: gettext_lazy("Pictures, sound, positions, answers, anything that can be traced to"
                                                                " somebody. Then three more questions.")}),
    ))  # fmt: skip
    data_what = area(gettext_lazy("Which data, about whom?"), gettext_lazy("Only if data about people are collected."))
    data_basis = area(gettext_lazy("On what legal basis?"), gettext_lazy("Consent, a task of the municipality, a contract …"), rows=2)
    data_kept = area(gettext_lazy("Where are they kept, how long, who sees them?"), rows=2)
    permits = area(gettext_lazy("Which permits are needed?"), gettext_lazy("Digging, radio, drones, traffic … What you have already."))
    needs = area(gettext_lazy("What do you need of the lab?"), gettext_lazy("Power, network, people, data, hands to mount it."))
    layout = (
        (gettext_lazy("Data about people"), ("personal_data", "data_what", "data_basis", "data_kept")),
        (gettext_lazy("What it takes"), ("permits", "needs")),
    )


class BenefitForm(StepForm):
    benefit = area(gettext_lazy("What does the municipality get out of it?"),
                   gettext_lazy("What it will know or save when the test is over."), later=True)  # fmt: skip
    publishing = later(forms.ChoiceField(
        label=gettext_lazy("What may be published of the results?"), choices=Publishing, required=False, widget=forms.RadioSelect,
    ))  # fmt: skip
    results = area(gettext_lazy("What will be measured?"), gettext_lazy("Figures with their unit, if you know them."))
    confidential = area(
        gettext_lazy("Confidential part"), gettext_lazy("Read by your organisation and by those who answer for the labs you ask, by nobody"
                                                        " else. A lab that declines reads it no longer."), limit=SECRET_LIMIT, rows=4,
    )  # fmt: skip
    layout = (
        (gettext_lazy("What comes of it"), ("benefit", "publishing", "results")),
        (gettext_lazy("What only the labs read"), ("confidential",)),
    )

    def _stands(self):
        return super()._stands() | ({"confidential": self.request.confidential.text} if self.request else {})

    def arguments(self):
        said = self.said
        return said | ({"confidential": self.cleaned_data["confidential"]} if "confidential" in self.cleaned_data else {})


class CheckForm(StepForm):
    """Nothing is typed here: what is missing, and the button that sends it."""


@dataclass(frozen=True)
class Step:
    slug: str
    label: Promise
    form: type


STEPS = {
    step.slug: step
    for step in (
        Step("what", pgettext_lazy("step of a test request", "What"), WhatForm),
        Step("where", pgettext_lazy("step of a test request", "Where and when"), WhereForm),
        Step("conditions", pgettext_lazy("step of a test request", "Conditions"), ConditionsForm),
        Step("benefit", pgettext_lazy("step of a test request", "Benefit"), BenefitForm),
        Step("check", pgettext_lazy("step of a test request", "Check and send"), CheckForm),
    )
}

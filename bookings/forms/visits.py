"""What a delegation is asked, and what the two sides say to each other."""

from datetime import datetime, time

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bookings import actions
from bookings.forms.periods import PeriodForm
from bookings.models import TEXT_LIMIT
from common.fields import CleanText
from common.sorting import sorted_by_name
from livinglabs.models import MOST_PEOPLE
from organisations.models import Organisation
from records.files import DOCUMENT_BYTES

BEGINS, LASTS_UNTIL = time(10), time(12)
MOST_FILES = 5


def long_text(label, *, required=True, help_text="", rows=4):
    return CleanText(
        label=label, max_length=TEXT_LIMIT, single_line=False, required=required, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class AskForm(PeriodForm):
    """A delegation asks for a date."""

    field_order = ("organisation", "delegation", "people", "language", "purpose", "start", "end")

    organisation = forms.ChoiceField(label=gettext_lazy("Organisation that comes"), required=False)
    delegation = CleanText(
        label=gettext_lazy("Who comes"), max_length=200, words=True,
        help_text=gettext_lazy("As it should stand in the lab's calendar, such as “City council of Lund”."),
    )  # fmt: skip
    people = forms.IntegerField(label=gettext_lazy("How many people"), min_value=1, max_value=MOST_PEOPLE)
    language = forms.ChoiceField(label=gettext_lazy("Language of the visit"))
    purpose = long_text(
        gettext_lazy("What you want to see and why"), help_text=gettext_lazy("So that the right people meet you. The lab's people read it.")
    )

    def __init__(self, data=None, *, offer, user, day=None):
        self.offer, self.user = offer, user
        super().__init__(data, lab=offer.lab, initial=self._initial(day))
        mine = sorted_by_name(Organisation.objects.filter(pk__in=user.memberships.values("organisation"), verified_at__isnull=False))
        self.organisations = {str(one.pk): one for one in mine}
        self.fields["organisation"].choices = [
            ("", _("None: we come as ourselves")),
            *((pk, one.name) for pk, one in self.organisations.items()),
        ]
        names = dict(settings.LANGUAGES)
        spoken = [code for code in offer.lab.languages if code in names] or list(names)
        self.fields["language"].choices = [(code, names[code]) for code in spoken]
        if offer.most_people:
            self.fields["people"].max_value = offer.most_people
            self.fields["people"].help_text = _("At most %(most)d.") % {"most": offer.most_people}

    def _initial(self, day):
        main = self.user.memberships.order_by("-is_main", "pk").values_list("organisation", flat=True).first()
        initial = {"organisation": str(main or ""), "language": get_language()}
        if day:
            initial |= {"start": datetime.combine(day, BEGINS), "end": datetime.combine(day, LASTS_UNTIL)}
        return initial

    def save(self):
        """The visit; None where the verb refuses, with its reasons at the fields."""
        said = self.cleaned_data
        words = {name: said[name] for name in ("delegation", "people", "language", "purpose", "start", "end")}
        organisation = self.organisations.get(said["organisation"])
        return self.carry_out(actions.ask_for_visit, self.offer, by=self.user, organisation=organisation, **words)


class Seen(forms.Form):
    """What the answer is about: whoever answers something else than what stands there now is told."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def clean_seen(self):
        try:
            return parse_datetime(self.cleaned_data["seen"])
        except ValueError:
            return None


class ConfirmForm(Seen):
    practical = long_text(
        gettext_lazy("Where to meet, and what to know"), required=False, rows=3,
        help_text=gettext_lazy("The address, who receives them, shoes for mud."),
    )  # fmt: skip
    price = CleanText(label=gettext_lazy("What it costs"), max_length=200, required=False)


class DateForm(Seen, PeriodForm):
    """Another date, by the guests."""


class ProposeForm(Seen, PeriodForm):
    """Another date, by the lab."""

    reason = long_text(gettext_lazy("What you say to it"), required=False, rows=3)


class ReasonForm(forms.Form):
    reason = long_text(gettext_lazy("Why"), help_text=gettext_lazy("The other side reads it."), rows=3)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; none is a list without any."""

    def __init__(self, **options):
        super().__init__(**{"widget": ManyFiles(), "required": False, **options})

    def clean(self, data, initial=None):
        files = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(files) > MOST_FILES:
            raise ValidationError(_("Choose at most %(most)d.") % {"most": MOST_FILES}, code="too_many")
        if any(one.size > DOCUMENT_BYTES for one in files):
            raise ValidationError(_("A file is too large."), code="too_large")
        return [super(FilesField, self).clean(one, initial) for one in files]


class ThankForm(forms.Form):
    text = long_text(gettext_lazy("A few words to those who came"))
    files = FilesField(
        label=gettext_lazy("Material"),
        help_text=gettext_lazy("Slides, a data sheet, pictures: five files at most. They stand on the page of the visit."),
    )

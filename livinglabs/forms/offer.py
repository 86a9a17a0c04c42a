"""What is offered and on which terms, in one form."""

from decimal import Decimal

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from common.stale import Revised
from common.widgets import TwoColumns
from livinglabs import actions
from livinglabs.enums import HIGHEST_TRL, LOWEST_TRL, TRL, OfferKind, PriceModel, PriceUnit
from livinglabs.forms.fields import OtherLanguages, area, language_choices, line, original_of
from livinglabs.models import CONDITION_LIMIT, LONGEST_DAYS, MOST_PEOPLE, MOST_UNITS, TEXT_LIMIT
from organisations.enums import OrganisationType
from projects.forms.fields import FigureField
from taxonomy.models import Theme

PLAIN = (
    "kind", "open_to", "trl_from", "trl_to", "shortest_days", "longest_days", "price_model", "currency", "price_unit", "capacity",
    "lead_days", "most_people",
)  # fmt: skip
TEXTS = ("title", "summary", "description", "permits", "data_rights", "insurance")
MOST_THEMES = 4
LEVELS = [(level, f"{level} – {words}") for level, words in TRL.items()]


def _count(label, most, *, least=1, required=False, initial=None, help_text=""):
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "input--short"})
    return forms.IntegerField(label=label, required=required, min_value=least, max_value=most, initial=initial, help_text=help_text,
                              widget=widget)  # fmt: skip


def _level(label):
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None)


class OfferForm(Revised):
    """`lab` is whose offer it is; without `offer` it makes a draft."""

    changed_words = gettext_lazy(
        "Somebody else has changed this offer meanwhile. Yours is kept here, theirs stands below. Save again to keep yours."
    )
    kind = forms.ChoiceField(label=gettext_lazy("What one can book"), choices=OfferKind, initial=OfferKind.SITE)
    language = forms.ChoiceField(label=gettext_lazy("Language of these texts"))
    title = line(gettext_lazy("Title"), 160, words=True, required=True,
                 help_text=gettext_lazy("What one gets, such as “Pole position with power and fibre”."))  # fmt: skip
    summary = area(gettext_lazy("In two sentences"), 400, rows=3, help_text=gettext_lazy("It stands on the card of the offer."))
    description = area(gettext_lazy("Description"), TEXT_LIMIT, rows=8, rich=True,
                       help_text=gettext_lazy("What is there, what one brings along, how it goes."))  # fmt: skip
    themes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Themes"), queryset=Theme.objects.order_by("position", "slug"), to_field_name="slug", required=False,
        widget=TwoColumns,
    )  # fmt: skip
    capacity = _count(gettext_lazy("How many at a time"), MOST_UNITS, required=True, initial=1,
                      help_text=gettext_lazy("Poles, rooms, places: so many can be booked for the same days."))  # fmt: skip
    shortest_days = _count(gettext_lazy("Shortest time in days"), LONGEST_DAYS)
    longest_days = _count(gettext_lazy("Longest time in days"), LONGEST_DAYS)
    lead_days = _count(gettext_lazy("To be asked for so many days ahead"), LONGEST_DAYS, least=0)
    most_people = _count(gettext_lazy("Most people of a group"), MOST_PEOPLE,
                         help_text=gettext_lazy("For visits, workshops, trainings and panels."))  # fmt: skip
    price_model = forms.ChoiceField(label=gettext_lazy("Price"), choices=PriceModel, initial=PriceModel.AGREEMENT, widget=forms.RadioSelect)
    price = FigureField(label=gettext_lazy("Amount"), help_text=gettext_lazy("Only for a fixed price."))
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), required=False)
    price_unit = forms.ChoiceField(label=gettext_lazy("The amount is for"), choices=PriceUnit, initial=PriceUnit.ONCE)
    open_to = forms.MultipleChoiceField(
        label=gettext_lazy("Who may ask"), required=False, choices=OrganisationType, widget=TwoColumns,
        help_text=gettext_lazy("Nothing chosen means every organisation."),
    )  # fmt: skip
    trl_from = _level(gettext_lazy("Readiness of the product, from"))
    trl_to = _level(gettext_lazy("to"))
    permits = area(gettext_lazy("Permits that are included"), CONDITION_LIMIT)
    data_rights = area(
        gettext_lazy("Who has the data"), CONDITION_LIMIT, help_text=gettext_lazy("Who owns what is measured, who may publish it.")
    )
    insurance = area(gettext_lazy("Insurance"), CONDITION_LIMIT)

    def __init__(self, data=None, *, user, lab, offer=None):
        self.user, self.lab, self.offer = user, lab, offer
        super().__init__(data, initial=self._initial(), use_required_attribute=False)
        original = original_of(offer).language if offer else ""
        self.fields["language"].choices = language_choices(original)
        codes = dict.fromkeys([*settings.PORTAL["currencies"], *filter(None, [offer.currency if offer else ""])])
        self.fields["currency"].choices = [("", _("Choose")), *((code, code) for code in codes)]
        for name in ("trl_from", "trl_to"):
            self.fields[name].choices = [("", _("Every level")), *LEVELS]
        self.fields["summary"].asked_later = True
        self.others = OtherLanguages(self, offer, self._other_fields(), original or str(self["language"].value()))

    def _other_fields(self):
        return {
            "title": lambda: line(_("Title"), 160, words=True),
            "summary": lambda: area(_("In two sentences"), 400, rows=3),
            "description": lambda: area(_("Description"), TEXT_LIMIT, rows=6, rich=True),
            "permits": lambda: area(_("Permits that are included"), CONDITION_LIMIT, rows=3),
            "data_rights": lambda: area(_("Who has the data"), CONDITION_LIMIT, rows=3),
            "insurance": lambda: area(_("Insurance"), CONDITION_LIMIT, rows=3),
        }

    @property
    def standing(self):
        return self.offer

    def _initial(self):
        themes = [theme.slug for theme in (self.offer or self.lab).themes.all()]
        if not self.offer:
            return {"language": get_language(), "currency": settings.PORTAL["currencies"][0], "themes": themes}
        one, text = self.offer, original_of(self.offer)
        own = {name: getattr(one, name) for name in PLAIN} | {name: getattr(text, name) for name in ("language", *TEXTS)}
        return own | {"price": format(one.price.normalize(), "f") if one.price is not None else "", "themes": themes}

    def clean_themes(self):
        themes = list(self.cleaned_data["themes"])
        if len(themes) > MOST_THEMES:
            raise ValidationError(_("Choose at most %(most)d.") % {"most": MOST_THEMES}, code="too_many")
        return themes

    def clean(self):
        said = super().clean()
        first, last = said.get("trl_from"), said.get("trl_to")
        if first and not last:  # one end alone is open at the other
            said["trl_to"] = HIGHEST_TRL
        if last and not first:
            said["trl_from"] = LOWEST_TRL
        said["lead_days"] = said.get("lead_days") or 0
        self.others.check()
        return said

    def save(self):
        """The offer, made or changed; None where the verb refuses, with its reason at the field."""
        said = self.cleaned_data
        texts = [{name: said[name] for name in ("language", *TEXTS)} | {"is_original": True}, *self.others.said()]
        texts = [text for text in texts if text["language"] != said["language"] or text.get("is_original")]
        data = {name: said[name] for name in PLAIN} | {"price": Decimal(said["price"]) if said["price"] else None, "themes": said["themes"]}
        try:
            if self.offer is None:
                return actions.create_offer(self.lab, by=self.user, texts=texts, **data)
            return actions.update_offer(self.offer, by=self.user, texts=texts, language=said["language"], opened_at=self.opened_at, **data)
        except ValidationError as refusal:
            self.take(refusal)
            return None

    @property
    def groups(self):
        """[(id, heading, fields)] in the order of the page."""
        return [
            ("what", _("What one gets"), [self[name] for name in ("kind", "title", "language", "summary", "description", "themes")]),
            (
                "time",
                _("Places and time"),
                [self[name] for name in ("capacity", "shortest_days", "longest_days", "lead_days", "most_people")],
            ),
            ("money", _("Price"), [self[name] for name in ("price_model", "price", "currency", "price_unit")]),
            ("who", _("Who may ask, and with what"), [self[name] for name in ("open_to", "trl_from", "trl_to")]),
            ("conditions", _("Conditions"), [self[name] for name in ("permits", "data_rights", "insurance")]),
        ]

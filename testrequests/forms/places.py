"""Which labs are asked: each by itself, or for one of its offers."""

from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from common.sorting import sorted_by_name
from livinglabs.enums import OfferKind
from livinglabs.models import LivingLab, Offer
from livinglabs.terms import price
from testrequests.models import MOST_LABS

MOST_OFFERED = 300
#: Kinds one books, without asking for a test.
NOT_TESTED = (OfferKind.VISIT,)


@dataclass
class Place:
    """A lab that can be asked, with its offers: [(value, label, note, chosen)]."""

    lab: LivingLab
    options: list = field(default_factory=list)

    @property
    def is_chosen(self):
        return any(chosen for _value, _label, _note, chosen in self.options)


class PlacesWidget(forms.SelectMultiple):
    """Drawn by the step's template, by lab; read as a list."""


class PlacesField(forms.Field):
    """Values are `lab` or `lab/offer`, by their slugs; cleans to [(lab, offer or None)]."""

    widget = PlacesWidget

    def __init__(self, **options):
        super().__init__(**options)
        self.user = None

    @property
    def labs(self):
        """Published labs that take requests, by name, with their offers; read once."""
        if not hasattr(self, "_labs"):
            offers = Offer.objects.listed().exclude(kind__in=NOT_TESTED).prefetch_related("texts")
            seen = LivingLab.objects.visible_to(self.user).listed().prefetch_related("texts", Prefetch("offers", offers))
            self._labs = sorted_by_name(seen.select_related("organisation").order_by("pk")[:MOST_OFFERED])
        return self._labs

    def to_python(self, value):
        known = {lab.slug: lab for lab in self.labs}
        found = {}
        for one in list(value or [])[: 4 * MOST_LABS]:
            name, _slash, offer = str(one).partition("/")
            lab = known.get(name)
            wanted = next((row for row in lab.offers.all() if row.slug == offer), None) if lab else None
            if lab is None or (offer and wanted is None):
                raise ValidationError(_("One of these labs takes no requests at present. Look at the list again."), code="invalid")
            if lab.pk in found:
                raise ValidationError(_("Choose one offer of %(lab)s: it gives one answer.") % {"lab": lab}, code="twice")
            found[lab.pk] = (lab, wanted)
        if len(found) > MOST_LABS:
            raise ValidationError(_("Ask at most %(most)d labs at once.") % {"most": MOST_LABS}, code="too_many")
        return list(found.values())

    def places(self, chosen):
        """[Place] for the page; `chosen` are the values as they stand or were sent."""
        return [Place(lab, self._options(lab, set(chosen))) for lab in self.labs]

    def _options(self, lab, chosen):
        rows = [(lab.slug, _("The lab itself, without a certain offer"), "")]
        rows += [(f"{lab.slug}/{offer.slug}", str(offer), note(offer)) for offer in lab.offers.all()]
        return [(value, label, words, value in chosen) for value, label, words in rows]


def note(offer):
    """An offer in a few words: what it is, what it costs, for whom it is."""
    words = [str(offer.get_kind_display()), str(price(offer))]
    if offer.trl_from:
        words.append(_("readiness %(first)d–%(last)d") % {"first": offer.trl_from, "last": offer.trl_to})
    return " · ".join(words)


def value_of(lab, offer):
    return f"{lab.slug}/{offer.slug}" if offer else lab.slug

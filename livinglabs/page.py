"""What the pages of a lab and of an offer show, in the words of the reader's language."""

from functools import cached_property

from livinglabs.models import Offer
from livinglabs.sections import (
    figures_of,
    offer_notes,
    register_figures,
    register_offer_note,
    register_section,
    sections_of,
)

__all__ = ["LabPage", "OfferPage", "register_figures", "register_offer_note", "register_section"]


class LabPage:
    """One lab for one reader. Each property is read at most once."""

    of = "lab"

    def __init__(self, lab, user):
        self.lab, self.user = lab, user
        self.text = lab.text

    @cached_property
    def offers(self):
        """[{offer, notes}] this reader sees."""
        seen = Offer.objects.visible_to(self.user).filter(lab=self.lab)
        offers = list(seen.prefetch_related("texts", "themes"))
        notes = offer_notes(offers, self.user)
        return [{"offer": offer, "notes": notes.get(offer.pk, [])} for offer in offers]

    @cached_property
    def figures(self):
        return figures_of(self.lab)

    @cached_property
    def head(self):
        return sections_of(self, self.of, "head")

    @cached_property
    def main(self):
        return sections_of(self, self.of, "main")

    @cached_property
    def side(self):
        return sections_of(self, self.of, "side")


class OfferPage(LabPage):
    """One offer for one reader."""

    of = "offer"

    def __init__(self, offer, user):
        super().__init__(offer.lab, user)
        self.offer, self.text = offer, offer.text

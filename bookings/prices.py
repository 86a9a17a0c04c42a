"""What an offer costs, in the reader's words."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.formats import money
from livinglabs.enums import PriceModel, PriceUnit


def price_words(offer):
    """“Free of charge”, “DKK 4,000 a month”, “By agreement”."""
    if offer.price_model != PriceModel.FIXED or offer.price is None:
        return offer.get_price_model_display()
    amount = money(offer.price, offer.currency)
    if offer.price_unit == PriceUnit.ONCE:
        return amount
    return _("%(amount)s %(unit)s") % {"amount": amount, "unit": offer.get_price_unit_display()}


def visit_price(visit):
    """What a visit costs: as it was agreed (in the reader's language where that is what the offer says), else what the offer says now."""
    now = price_words(visit.offer)
    return now if not visit.price or visit.price in _in_every_language(visit.offer) else visit.price


def _in_every_language(offer):
    words = set()
    for code, _name in settings.LANGUAGES:
        with override(code):
            words.add(str(price_words(offer)))
    return words

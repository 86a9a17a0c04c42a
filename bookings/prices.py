"""What an offer costs, in the reader's words."""

from django.utils.translation import gettext as _

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

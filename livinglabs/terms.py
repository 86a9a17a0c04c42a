"""The terms of an offer in words: price, time, readiness, who may ask."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.formats import money, number
from livinglabs.enums import HIGHEST_TRL, LOWEST_TRL, TRL, PriceModel, PriceUnit
from organisations.enums import OrganisationType


def price(offer):
    """“DKK 4,000 a month”, “Free of charge”, “By agreement”."""
    if offer.price_model != PriceModel.FIXED or offer.price is None:
        return str(PriceModel(offer.price_model).label)
    amount = money(offer.price, offer.currency)
    if offer.price_unit == PriceUnit.ONCE:
        return amount
    return f"{amount} {PriceUnit(offer.price_unit).label}"


def days(count):
    """Days, in weeks where they come out even: “10 days”, “6 weeks”."""
    if count and count % 7 == 0:
        weeks = count // 7
        return ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": number(weeks)}
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": number(count)}


def duration(offer):
    """How long one may use it; "" where nothing is said."""
    first, last = offer.shortest_days, offer.longest_days
    if first and last:
        return days(first) if first == last else _("%(shortest)s to %(longest)s") % {"shortest": days(first), "longest": days(last)}
    if first:
        return _("at least %(time)s") % {"time": days(first)}
    return _("up to %(time)s") % {"time": days(last)} if last else ""


def lead_time(offer):
    return _("%(time)s ahead") % {"time": days(offer.lead_days)} if offer.lead_days else ""


def readiness(offer):
    """“TRL 6–9”; "" where every level is welcome."""
    first, last = offer.trl_from, offer.trl_to
    if first is None or (first, last) == (LOWEST_TRL, HIGHEST_TRL):
        return ""
    return f"TRL {first}" if first == last else f"TRL {first}–{last}"


def readiness_words(offer):
    """What the lowest and the highest level mean."""
    if not readiness(offer):
        return ""
    first, last = TRL[offer.trl_from], TRL[offer.trl_to]
    return str(first) if offer.trl_from == offer.trl_to else _("from “%(first)s” to “%(last)s”") % {"first": first, "last": last}


def who_may_ask(offer):
    """The types of organisations; everybody where none is named."""
    named = [str(OrganisationType(one).label) for one in offer.open_to if one in OrganisationType.values]
    return ", ".join(named) or _("Every organisation")


def capacity(offer):
    return ngettext("%(count)s at a time", "%(count)s at a time", offer.capacity) % {"count": number(offer.capacity)}


def group_size(offer):
    if not offer.most_people:
        return ""
    return ngettext("at most %(count)s person", "at most %(count)s people", offer.most_people) % {"count": number(offer.most_people)}

"""The labs of any filter as a file, one line for each offer that can be asked for; a lab without any has one line."""

import csv
import io

from common.languages import in_language
from livinglabs.models import Offer
from projects.exports import neutral

A_CHUNK = 200
LAB_COLUMNS = (
    "slug", "name", "language", "summary", "organisation", "municipality_codes", "site", "latitude", "longitude", "themes",
    "infrastructure", "partners", "website", "contact_name", "url",
)  # fmt: skip
OFFER_COLUMNS = (
    "offer", "offer_kind", "offer_summary", "open_to", "trl_from", "trl_to", "shortest_days", "longest_days", "price_model", "price",
    "currency", "price_unit", "capacity", "lead_days", "offer_url",
)  # fmt: skip


def csv_lines(labs, user, absolute):
    """The lines of a CSV file: UTF-8 with its mark, so that spreadsheets read æ, ö and å. A fixed number of queries for each chunk."""
    yield "\ufeff" + _line([*LAB_COLUMNS, *OFFER_COLUMNS])
    keys = list(labs.values_list("pk", flat=True))
    for start in range(0, len(keys), A_CHUNK):
        yield from _lines_of(labs.model, keys[start : start + A_CHUNK], user, absolute)


def _lines_of(model, keys, user, absolute):
    related = ("texts", "themes", "infrastructure", "partners__organisation", "sites__municipality")
    labs = model._base_manager.filter(pk__in=keys).select_related("organisation").prefetch_related(*related).in_bulk()
    offers = {}
    for offer in Offer.objects.visible_to(user).listed().filter(lab__in=keys).select_related("lab").prefetch_related("texts"):
        offers.setdefault(offer.lab_id, []).append(offer)
    for lab in (labs[key] for key in keys if key in labs):
        own = _lab(lab, absolute)
        for offer in offers.get(lab.pk, [None]):
            yield _line([*own, *(_offer(offer, absolute) if offer else [""] * len(OFFER_COLUMNS))])


def _line(cells):
    buffer = io.StringIO()
    csv.writer(buffer).writerow([neutral(cell) for cell in cells])
    return buffer.getvalue()


def _lab(lab, absolute):
    text, sites = lab.text, list(lab.sites.all())
    points = [site for site in sites if site.latitude is not None]
    places = dict.fromkeys(f"{site.municipality.country}-{site.municipality.code}" for site in sites if site.municipality_id)
    named = [str(partner) for partner in lab.partners.all() if partner.state != "declined"]
    return [
        lab.slug, text.name, text.language, text.summary, lab.organisation.name, ", ".join(places),
        "; ".join(site.label for site in sites if site.label), points[0].latitude if points else "", points[0].longitude if points else "",
        ", ".join(theme.slug for theme in lab.themes.all()), ", ".join(in_language(one.names) for one in lab.infrastructure.all()),
        "; ".join(named), lab.website, lab.contact_name, absolute(lab.get_absolute_url()),
    ]  # fmt: skip


def _offer(offer, absolute):
    text = offer.text
    return [
        text.title, offer.kind, text.summary, ", ".join(offer.open_to), offer.trl_from, offer.trl_to, offer.shortest_days,
        offer.longest_days, offer.price_model, offer.price, offer.currency, offer.price_unit if offer.price is not None else "",
        offer.capacity, offer.lead_days, absolute(offer.get_absolute_url()),
    ]  # fmt: skip

"""What filters and search know of labs and offers besides their own words: `facet_terms` and the keywords of the texts.

The verbs call `index_labs`; after something below was renamed or merged, `common.staleness` marks what stands above and the task
`livinglabs.refresh_index` comes by. A constant number of queries for each chunk, and rows that are right already are not written again.
"""

from common.keywords import chunks, reworded, stale_keys, unmark
from common.publishing import State
from livinglabs.enums import HIGHEST_TRL, LOWEST_TRL
from livinglabs.models import LabText, LivingLab, Offer, OfferText
from projects.enums import NAMED


def index_labs(ids):
    """Write terms and keywords of these labs and their offers. May run twice without harm."""
    for chunk in chunks(ids):
        found = LivingLab._base_manager.filter(pk__in=chunk).select_related("organisation")
        related = (
            "texts", "themes", "tags", "infrastructure", "partners__organisation", "sites__municipality__region",
            "offers__texts", "offers__themes",
        )  # fmt: skip
        _write(list(found.prefetch_related(*related)))


def _write(labs):
    texts, offer_texts = [], []
    for lab in labs:
        texts += reworded(lab.texts.all(), keywords(lab))
        for offer in lab.offers.all():
            offer_texts += reworded(offer.texts.all(), offer_keywords(offer, lab))
    LabText.objects.bulk_update(texts, ["keywords"])
    OfferText.objects.bulk_update(offer_texts, ["keywords"])
    changed = []
    for lab in labs:
        wanted = sorted(set(terms(lab)))
        if wanted != lab.facet_terms:
            lab.facet_terms = wanted
            changed.append(lab)
    LivingLab._base_manager.bulk_update(changed, ["facet_terms"])
    keys = [lab.pk for lab in labs]
    unmark(LivingLab._base_manager.filter(pk__in=keys))
    unmark(Offer._base_manager.filter(lab__in=keys))


def keywords(lab):
    """Every word people may look for that does not stand in the texts: who, where, with what, about what, what can be asked for."""
    yield lab.organisation.name
    for partner in lab.partners.all():
        if partner.state in NAMED:
            yield str(partner)
    for site in lab.sites.all():
        yield site.label
        if site.municipality_id:
            yield from site.municipality.search_words()
            yield from site.municipality.region.names.values()
    for word in (*lab.themes.all(), *lab.infrastructure.all()):
        yield from word.search_words()
    yield from (tag.name for tag in lab.tags.all())
    for offer in lab.offers.all():
        if offer.state == State.PUBLISHED:
            yield from (word for text in offer.texts.all() for word in (text.title, text.summary))


def offer_keywords(offer, lab):
    """The names of its lab, where that is, and its themes."""
    yield from (text.name for text in lab.texts.all())
    yield lab.organisation.name
    for site in lab.sites.all():
        if site.municipality_id:
            yield from site.municipality.search_words()
    for theme in offer.themes.all():
        yield from theme.search_words()


def terms(lab):
    """One term for each value of each filter. Of the offers those count that can be asked for."""
    yield f"organisation:{lab.organisation.slug}"
    for partner in lab.partners.all():
        if partner.organisation_id and partner.state in NAMED:
            yield f"organisation:{partner.organisation.slug}"
    for theme in lab.themes.all():
        yield f"theme:{theme.slug}"
    places = [site.municipality for site in lab.sites.all() if site.municipality_id]
    for place in places:
        yield f"municipality:{place.slug}"
        yield f"country:{place.country}"
    for one in lab.infrastructure.all():
        yield f"infrastructure:{one.slug}"
    for offer in lab.offers.all():
        if offer.state == State.PUBLISHED:
            yield f"kind:{offer.kind}"
            first, last = (offer.trl_from, offer.trl_to) if offer.trl_from else (LOWEST_TRL, HIGHEST_TRL)
            yield from (f"trl:{level}" for level in range(first, last + 1))


def index_stale():
    """Index what was marked as stale, labs and the labs of such offers; returns how many."""
    ids = sorted({*stale_keys(LivingLab), *stale_keys(Offer, key="lab")})
    index_labs(ids)
    return len(ids)

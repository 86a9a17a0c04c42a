from datetime import UTC, datetime

import pytest

from livinglabs.models import LabText, LivingLab, Offer, OfferText
from tests.conftest import of

#: The clock of these tests: Tuesday 1 September 2026, 11:00 in Copenhagen.
NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)


def make_lab(organisation, slug="street-lab", name="Street lab", **fields):
    fields = {"state": "published", "published_at": NOW, "languages": ["da", "en"]} | fields
    lab = LivingLab.objects.create(organisation=organisation, slug=slug, **fields)
    LabText.objects.create(lab=lab, language="en", is_original=True, name=name)
    return lab


def make_offer(lab, slug="parcel", title="Parcel", **fields):
    offer = Offer.objects.create(lab=lab, slug=slug, **{"state": "published", "published_at": NOW, "kind": "parcel"} | fields)
    OfferText.objects.create(offer=offer, language="en", is_original=True, title=title)
    return offer


@pytest.fixture
def lab(organisation):
    """A published lab of the cast's organisation: its owner and editor are the lab's people."""
    return make_lab(organisation)


@pytest.fixture
def offer(lab):
    return make_offer(lab)


@pytest.fixture
def guided(lab):
    """An offer to visit."""
    return make_offer(lab, "tour", "Guided tour", kind="visit", most_people=25, lead_days=5)


@pytest.fixture
def guest(db):
    """A member of another organisation, who may write for it."""
    from tests.factories import OrganisationFactory

    return of(OrganisationFactory(name="Lunds kommun", slug="lunds-kommun"), "editor", name="Guest")

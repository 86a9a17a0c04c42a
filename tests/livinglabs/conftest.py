"""A lab with its people, beside the cast of the whole suite."""

import pytest

from tests.factories import LivingLabFactory, OfferFactory, TeamMemberFactory, UserFactory


@pytest.fixture
def lab(organisation):
    """A published lab of the organisation that colleague, editor and owner belong to."""
    return LivingLabFactory(organisation=organisation, slug="the-lab", text__name="Street lab")


@pytest.fixture
def offer(lab):
    return OfferFactory(lab=lab, slug="the-offer", text__title="Pole position")


@pytest.fixture
def teammate(lab):
    """Somebody from elsewhere who is named in the lab's team and answers for it."""
    return TeamMemberFactory(lab=lab, user=UserFactory(name="Teammate")).user

"""The two sides of a test request, with the cast: the organisation of the cast asks, a lab of another one answers."""

import pytest

from tests.conftest import of
from tests.factories import ApplicationFactory, LivingLabFactory, OfferFactory, TeamMemberFactory, UserFactory


@pytest.fixture
def lab(db):
    return LivingLabFactory(text__name="Street lab")


@pytest.fixture
def offer(lab):
    return OfferFactory(lab=lab, capacity=1, text__title="Pole position")


@pytest.fixture
def host(lab):
    """An owner of the lab's host."""
    return of(lab.organisation, "owner", name="Host")


@pytest.fixture
def team_member(lab):
    """Somebody of the team who answers, of no organisation."""
    return TeamMemberFactory(lab=lab, user=UserFactory(name="Team")).user


@pytest.fixture
def helper(lab):
    """A member of the host who does not answer for the lab."""
    return of(lab.organisation, "member", name="Helper")


@pytest.fixture
def make(organisation, lab):
    """Makes an application of the cast's organisation at the lab, in a state."""

    def application(state="sent", **values):
        return ApplicationFactory(asking=organisation, lab=lab, state=state, **values)

    return application

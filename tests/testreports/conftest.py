"""The two sides of a test report, with the cast: the organisation of the cast tested, a lab of another one was the place."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.conftest import of
from tests.factories import LivingLabFactory, TeamMemberFactory, TestReportFactory, UserFactory


@pytest.fixture
def lab(db):
    return LivingLabFactory(text__name="Street lab", slug="street-lab")


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
    """Makes a report of the cast's organisation and the lab, in a state."""

    def report(state="published", **values):
        return TestReportFactory(asking=organisation, at=lab, state=state, **values)

    return report


@pytest.fixture
def tomorrow():
    return timezone.localdate() + timedelta(days=1)


@pytest.fixture
def media(settings, tmp_path):
    """Files of a test lie in a folder of its own."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path

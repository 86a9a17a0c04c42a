"""Each section of a digest by itself: what it tells, to whom, with which address and line of facts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from digests.choosing import Shared, choose, news_count
from digests.news import Reader
from digests.sections import SECTIONS
from digests.sections.nudge import STILL, WEEKS
from notifications.actions import follow
from projects.models import Project
from taxonomy.models import Municipality
from tests.factories import (
    EventFactory,
    LivingLabFactory,
    MembershipFactory,
    OfferFactory,
    OrganisationFactory,
    ProjectFactory,
    RegistrationFactory,
    SubscriptionFactory,
    WorkingGroupFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def reader(now):
    subscription = SubscriptionFactory()
    return Reader(subscription.user, now - timedelta(days=7), now, subscription)


@pytest.fixture
def told(reader, now):
    """Returns a function that gives [(title, address, line of facts)] of each section that tells anything."""

    def tell():
        choose([reader], now, Shared().of(None))
        return {
            section.key: [(one.news.in_language("en")[1], one.news.url, section.note(one.news, "en")) for one in reader.told[section.key]]
            for section in SECTIONS
            if reader.told.get(section.key)
        }

    return tell


@pytest.fixture
def lund(reader):
    """An organisation the reader follows."""
    organisation = OrganisationFactory(name="Lund", slug="lund")
    follow(reader.user, organisation)
    return organisation


def yesterday(now):
    return now - timedelta(days=1)


def test_a_project_of_an_organisation_that_is_followed(told, lund, now):
    made = ProjectFactory(organisation=lund, slug="lamps", phase="planning", published_at=yesterday(now), text__title="Lamps")
    assert told() == {"projects": [("Lamps", "/projects/lamps/", f"Lund · {made.get_phase_display()}")]}


def test_a_lab_and_what_it_offers(told, lund, now):
    lab = LivingLabFactory(organisation=lund, slug="yard", published_at=yesterday(now), text__name="The yard")
    offer = OfferFactory(lab=lab, slug="pole", published_at=yesterday(now), text__title="A pole")
    assert told() == {
        "labs": [("The yard", "/living-labs/yard/", "Lund")],
        "offers": [("A pole", "/living-labs/yard/offers/pole/", offer.get_kind_display())],
    }


def test_a_group_but_no_private_one(told, lund, now):
    WorkingGroupFactory(organisation=lund, slug="heat", published_at=yesterday(now), text__name="Heat")
    WorkingGroupFactory(organisation=lund, published_at=yesterday(now), visibility="private", joining="invitation")
    assert told() == {"groups": [("Heat", "/working-groups/heat/", "Lund")]}


def test_an_event_that_is_still_to_come(told, lund, now):
    moments = {"published_at": yesterday(now), "place": "Town hall"}
    EventFactory(
        organisation=lund, slug="next", starts_at=now + timedelta(days=40), ends_at=now + timedelta(days=41), text__title="Next", **moments
    )
    EventFactory(organisation=lund, slug="over", starts_at=yesterday(now), ends_at=now - timedelta(hours=1), **moments)
    ((title, url, note),) = told()["events"]
    assert (title, url, note.endswith(" · Town hall")) == ("Next", "/events/next/", True)


@pytest.mark.parametrize(("days", "state", "is_told"), [(3, "registered", True), (3, "waiting", False), (20, "registered", False)])
def test_what_the_reader_is_registered_for_shortly_before(told, reader, now, days, state, is_told):
    event = EventFactory(
        starts_at=now + timedelta(days=days), ends_at=now + timedelta(days=days, hours=1), published_at=now - timedelta(days=90)
    )
    RegistrationFactory(event=event, user=reader.user, state=state)
    assert ("soon" in told()) == is_told


def test_a_place_that_is_followed(told, reader, now):
    place = Municipality.objects.get(slug="albertslund")
    follow(reader.user, place)
    made = ProjectFactory(published_at=yesterday(now))
    made.sites.create(municipality=place)
    assert list(told()) == ["projects"]


@pytest.mark.parametrize("days", [1, 7, 14])
def test_a_project_nobody_has_touched_for_nine_months_once_in_eight_weeks(reader, organisation, now, days):
    MembershipFactory(user=reader.user, organisation=organisation, role="editor")
    made = ProjectFactory(organisation=organisation, slug="old", published_at=now - 2 * STILL)
    Project.objects.filter(pk=made.pk).update(updated_at=now - STILL - timedelta(days=1))
    asked = []
    for number in range(WEEKS * 7 // days):
        until = now + timedelta(days=days * number)
        one = Reader(reader.user, until - timedelta(days=days), until, reader.subscription)
        choose([one], until, Shared().of(None))
        asked += [told.news.url for told in one.told["nudge"]]
    assert (asked, news_count(one)) == (["/projects/old/edit/"], 0)

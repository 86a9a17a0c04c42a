"""Each section of a digest by itself: what it tells, to whom, with which address and line of facts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bookings.models import Visit
from digests.choosing import Shared, choose, news_count
from digests.news import Reader
from digests.rendering import Names
from digests.sections import BY_KEY, SECTIONS
from digests.sections.nudge import STILL, WEEKS
from notifications.actions import follow
from projects.models import Project
from taxonomy.models import Municipality
from tests.factories import (
    ActionPointFactory,
    ApplicationFactory,
    DecisionFactory,
    DeliveryFactory,
    EventFactory,
    GroupMembershipFactory,
    LivingLabFactory,
    MembershipFactory,
    MinutesFactory,
    OfferFactory,
    OrganisationFactory,
    ProjectFactory,
    RegistrationFactory,
    ResourceFactory,
    SubscriptionFactory,
    TestReportFactory,
    UserFactory,
    WorkingGroupFactory,
)
from tests.factories.editorial import make_article, make_news

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


@pytest.fixture
def why(reader, now):
    """Returns a function that gives {section: [(title, why it comes)]}."""

    def tell():
        choose([reader], now, Shared().of(None))
        names = Names(reader)
        return {
            key: [(one.news.in_language("en")[1], names.because(one.because, BY_KEY[key])) for one in told]
            for key, told in reader.told.items() if told
        }  # fmt: skip

    return tell


@pytest.fixture
def heat(reader):
    """A private group the reader belongs to."""
    group = WorkingGroupFactory(slug="heat", visibility="private", joining="invitation", text__name="Heat")
    GroupMembershipFactory(group=group, user=reader.user)
    return group


def test_a_report_of_a_lab_that_is_followed(told, reader, now):
    lab = LivingLabFactory()
    follow(reader.user, lab)
    asking = OrganisationFactory(name="Bins Ltd")
    TestReportFactory(at=lab, asking=asking, slug="bins", released_at=yesterday(now), text__title="Bins")
    TestReportFactory(at=lab, state="draft")
    assert told() == {"reports": [("Bins", "/test-reports/bins/", "Tested by Bins Ltd")]}


@pytest.mark.parametrize("days, is_told", [(1, False), (-1, True)])
def test_a_report_comes_once_its_embargo_is_over(told, reader, now, days, is_told):
    """Agreed long ago: what counts is when others may read it."""
    report = TestReportFactory(published_at=now - timedelta(days=60), released_at=now + timedelta(days=days))
    follow(reader.user, report.lab)
    assert ("reports" in told()) == is_told


@pytest.mark.parametrize("visibility, is_told", [("members", True), ("sides", False)])
def test_a_report_that_is_not_for_everybody(told, reader, now, visibility, is_told):
    report = TestReportFactory(visibility=visibility, released_at=yesterday(now))
    follow(reader.user, report.organisation)
    assert ("reports" in told()) == is_told


def test_what_a_group_of_mine_decided_once_for_each_meeting(told, heat, now):
    event = EventFactory(group=heat, organisation=None, slug="march", past=True, visibility="host", text__title="March")
    minutes = MinutesFactory(event=event, approved_at=yesterday(now))
    for number, text in ((7, "We buy pumps."), (8, "We meet in May.")):
        DecisionFactory(minutes=minutes, text=text, year=2026, number=number)
    MinutesFactory(event=EventFactory(group=heat, organisation=None, past=True), draft=True)
    assert told() == {"decisions": [("March", "/events/march/minutes/", "Heat · Approved minutes · 2 decisions")]}


def test_minutes_of_meetings_one_was_at_and_of_what_one_follows(why, reader, lund, now):
    came = MinutesFactory(event__text__title="Came", approved_at=yesterday(now))
    RegistrationFactory(event=came.event, user=reader.user)
    named = MinutesFactory(event__text__title="Named", approved_at=now - timedelta(days=2))
    named.attendees.create(user=reader.user, name="Anna")
    MinutesFactory(event__organisation=lund, event__text__title="Followed", approved_at=now - timedelta(days=3))
    MinutesFactory(event__text__title="Not mine", approved_at=now - timedelta(days=3))
    assert why()["decisions"] == [
        ("Came", "Because you are registered"), ("Named", "Because you stand in its minutes"), ("Followed", "Because you follow Lund"),
    ]  # fmt: skip


def test_files_and_links_that_others_added_to_my_groups(told, reader, heat, now):
    kept = ResourceFactory(group=heat, title="Pumps", created_at=yesterday(now))
    ResourceFactory(group=heat, created_at=yesterday(now), created_by=reader.user)
    ResourceFactory(group=heat, created_at=yesterday(now), removed_at=now)
    ResourceFactory(group=heat, created_at=now - timedelta(days=9), changed_at=yesterday(now))
    ResourceFactory(created_at=yesterday(now))
    assert told() == {"files": [("Pumps", f"/working-groups/heat/resources/{kept.pk}/", "Heat · Link")]}


@pytest.mark.parametrize("change", [{"news": "mute"}, None])
def test_tc08_files_and_minutes_of_a_group_that_was_left_or_silenced(told, reader, heat, now, change):
    ResourceFactory(group=heat, created_at=yesterday(now))
    event = EventFactory(group=heat, organisation=None, past=True, visibility="host")
    MinutesFactory(event=event, approved_at=yesterday(now))
    assert list(told()) == ["decisions", "files"]
    rows = heat.memberships.filter(user=reader.user)
    rows.update(**change) if change else rows.delete()
    assert told() == {}


@pytest.mark.parametrize("days, state, is_told", [(3, "open", True), (3, "done", False), (20, "open", False)])
def test_what_is_mine_to_do(told, reader, heat, now, days, state, is_told):
    event = EventFactory(group=heat, organisation=None, past=True, visibility="host")
    day = timezone.localdate(now) + timedelta(days=days)
    point = ActionPointFactory(event=event, owner=reader.user, text="Write to Lund", due_on=day, state=state)
    expected = [("Write to Lund", f"/events/action-points/#action-{point.pk}", "Due on")]
    assert [(title, url, note[:6]) for title, url, note in told().get("soon", ())] == (expected if is_told else [])
    heat.memberships.all().delete()
    assert told() == {}


def test_visits_for_guest_and_host_and_nobody_else(why, told, reader, now):
    hosted = LivingLabFactory(text__name="The yard")
    hosted.team.create(user=reader.user, answers=True)
    guest = LivingLabFactory(text__name="Harbour")
    soon = {"starts_at": now + timedelta(days=2), "ends_at": now + timedelta(days=3), "people": 3, "language": "en"}
    for lab, by, who, state in (
        (hosted, UserFactory(), "City of Lund", "confirmed"), (guest, reader.user, "We", "confirmed"),
        (guest, UserFactory(), "Others", "confirmed"), (hosted, UserFactory(), "Undecided", "asked"),
    ):  # fmt: skip
        Visit.objects.create(offer=OfferFactory(lab=lab, kind="visit"), asked_by=by, delegation=who, state=state, **soon)
    assert sorted(why()["soon"]) == [
        ("City of Lund", "Because you answer for the living lab"), ("Harbour", "Because you asked for the visit"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "state, side, note",
    [("running", "company", "The test runs until"), ("agreed", "lab", "The test begins on"), ("sent", "lab", "Your side acts by")],
)
def test_days_of_tests_for_both_sides(told, reader, now, state, side, note):
    row = ApplicationFactory(state=state, lab__text__name="The yard", due_on=timezone.localdate(now) + timedelta(days=4))
    organisation = row.organisation if side == "company" else row.lab.organisation
    membership = MembershipFactory(user=reader.user, organisation=organisation, role="editor")
    ((title, url, words),) = told()["soon"]
    assert (title, url, words.startswith(f"The yard · {note} ")) == (row.request.title, f"/test-requests/{row.request_id}/{row.pk}/", True)
    membership.delete()
    assert told() == {}


def test_a_registration_that_closes_for_those_who_are_not_registered(why, reader, lund, now):
    moments = {"starts_at": now + timedelta(days=40), "ends_at": now + timedelta(days=41), "published_at": now - timedelta(days=30)}
    closing = {"organisation": lund, "register_until": now + timedelta(days=3), **moments}
    EventFactory(text__title="Closing", **closing)
    RegistrationFactory(event=EventFactory(**closing), user=reader.user)
    EventFactory(takes_registrations=False, **closing)
    assert why() == {"soon": [("Closing", "Because you follow Lund")]}


def test_promise_2_what_is_near_is_named_once(told, reader, now):
    """The digest looks a day further than the next one, which does not name it again."""
    event = EventFactory(starts_at=now + timedelta(days=7, hours=9), ends_at=now + timedelta(days=8), published_at=now - timedelta(days=90))
    RegistrationFactory(event=event, user=reader.user)
    assert list(told()) == ["soon"]
    held = [[key, *one.news.noun] for key, told_ones in reader.told.items() for one in told_ones]
    DeliveryFactory(user=reader.user, list="digest", period="2026-W01", state="sent", held=held, since=now - timedelta(days=7), until=now)
    later = Reader(reader.user, now, now + timedelta(days=7), reader.subscription)
    choose([later], now + timedelta(days=7), Shared().of(None))
    assert later.told["soon"] == []


def test_an_article_in_the_readers_language_else_one_that_is_not_written_in_it(reader, now):
    """Whose address is that of its own language; one that could be read before is no news when it is translated."""
    pages = {code: make_news(code, slug=f"news-{code}") for code in ("en", "sv")}
    old = make_article(pages["en"], title="Read long ago", slug="old")
    made = [
        old,
        make_article(pages["sv"], title="Nyss översatt", slug="ny", translation_of=old),
        make_article(pages["sv"], title="Bara så", slug="bara"),
    ]
    for page, days in zip(made, (90, 1, 2), strict=True):
        type(page).objects.filter(pk=page.pk).update(first_published_at=now - timedelta(days=days))
    seen = {}
    for code in ("en", "sv"):
        reader.user.language = code
        choose([reader], now, Shared().of(None))
        (told,) = reader.told["article"]
        seen[code] = (*told.news.in_language(code)[:2], told.news.path(code))
    assert seen == {"en": ("sv", "Bara så", "/sv/news-sv/bara/"), "sv": ("sv", "Nyss översatt", "/sv/news-sv/ny/")}

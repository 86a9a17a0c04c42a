"""Calendars, read by a library that is not ours to believe: moments, time zones, changes, cancellations, who reads what."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from icalendar import Calendar

from common.zones import changes
from events import actions
from events.calendars import own_address, own_calendar
from events.ics import calendar, file_for
from tests.factories import EventFactory, EventTextFactory, MunicipalityFactory, RegistrationFactory, UserFactory

pytestmark = pytest.mark.django_db
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def entries(text):
    return Calendar.from_ical(text).walk("VEVENT")


def at(*moment, zone=COPENHAGEN):
    return datetime(*moment, tzinfo=zone)


def onsets(text):
    """[(name, local time of the change, offset before, offset after)] of the zone's parts, one for each change."""
    found = []
    for part in [*Calendar.from_ical(text).walk("DAYLIGHT"), *Calendar.from_ical(text).walk("STANDARD")]:
        more = part.get("rdate", [])
        dates = [one.dt for row in (more if isinstance(more, list) else [more]) for one in row.dts]
        found += [(part.name, day, part["tzoffsetfrom"].td, part["tzoffsetto"].td) for day in [part["dtstart"].dt, *dates]]
    return found


HOUR = timedelta(hours=1)


def test_the_change_to_summer_time_stands_on_the_clock_before_it():
    text = file_for(EventFactory(starts_at=at(2026, 3, 29, 1), ends_at=at(2026, 3, 29, 4)), with_link=False)
    assert ("DAYLIGHT", datetime(2026, 3, 29, 2), HOUR, 2 * HOUR) in onsets(text)
    assert ("STANDARD", datetime(2026, 10, 25, 3), 2 * HOUR, HOUR) in onsets(text)


@pytest.mark.parametrize(
    ("starts", "ends", "utc", "hours"),
    [
        ((2026, 3, 29, 1, 30), (2026, 3, 29, 3, 30), (2026, 3, 29, 0, 30), 1),
        ((2026, 10, 25, 1, 30), (2026, 10, 25, 3, 30), (2026, 10, 24, 23, 30), 3),
        ((2026, 3, 28, 12), (2026, 3, 28, 13), (2026, 3, 28, 11), 1),
        ((2026, 7, 1, 12), (2026, 7, 1, 13), (2026, 7, 1, 10), 1),
    ],
)
def test_a_moment_is_the_same_for_whoever_reads_the_file(starts, ends, utc, hours):
    entry = entries(file_for(EventFactory(starts_at=at(*starts), ends_at=at(*ends)), with_link=False))[0]
    assert entry["dtstart"].params["TZID"] == "Europe/Copenhagen"
    assert entry["dtstart"].dt.replace(tzinfo=None) == datetime(*starts)
    assert entry["dtstart"].dt.astimezone(UTC) == datetime(*utc, tzinfo=UTC)
    assert (entry["dtend"].dt.astimezone(UTC) - entry["dtstart"].dt.astimezone(UTC)) == timedelta(hours=hours)


def test_the_clock_of_the_place_counts_and_not_the_portals():
    zone = ZoneInfo("America/New_York")
    event = EventFactory(time_zone="America/New_York", starts_at=at(2026, 11, 1, 9, zone=zone), ends_at=at(2026, 11, 1, 10, zone=zone))
    entry = entries(file_for(event, with_link=False))[0]
    assert (entry["dtstart"].params["TZID"], entry["dtstart"].dt.astimezone(UTC).hour) == ("America/New_York", 14)


def test_a_zone_without_summer_time_has_one_part():
    event = EventFactory(time_zone="Asia/Tokyo")
    assert changes("Asia/Tokyo", 2026, 2027) == ()
    assert len(onsets(file_for(event, with_link=False))) == 1


def test_what_an_entry_says():
    town = MunicipalityFactory(name="Køge")
    event = EventFactory(
        municipality=town, place="Town hall; room 2, first floor", text__title="Lamps, and light", text__summary="One\nTwo"
    )
    entry = entries(file_for(event, with_link=False))[0]
    assert str(entry["summary"]) == "Lamps, and light"
    assert str(entry["location"]) == "Town hall; room 2, first floor, Køge"
    assert str(entry["description"]).splitlines()[:2] == ["One", "Two"]
    assert (str(entry["status"]), entry["sequence"], str(entry["uid"])) == ("CONFIRMED", 0, str(event.uid))


def test_nothing_typed_leaves_its_line():
    event = EventFactory(place="A\r\nATTENDEE:mailto:x@example.org", text__title="Ends\r\nEND:VEVENT")
    text = file_for(event, with_link=False)
    assert len(entries(text)) == 1
    assert "\r\nATTENDEE" not in text


def test_the_reader_gets_the_reader_s_language(client):
    event = EventFactory(text__title="Lamps")
    EventTextFactory(event=event, language="da", title="Lamper")
    titles = [str(entries(client.get(f"/{code}/events/{event.slug}/calendar.ics").content)[0]["summary"]) for code in ("en", "da", "sv")]
    assert titles == ["Lamps", "Lamper", "Lamps"]


def test_a_change_counts_up_and_keeps_its_name(owner, organisation):
    event = EventFactory(organisation=organisation)
    before = entries(file_for(event, with_link=False))[0]
    actions.update_event(event, by=owner, starts_at=event.starts_at + HOUR, ends_at=event.ends_at + HOUR)
    actions.update_event(event, by=owner, capacity=10)  # nothing that a calendar shows
    after = entries(file_for(event, with_link=False))[0]
    assert (before["uid"], before["sequence"], after["sequence"]) == (after["uid"], 0, 1)
    assert after["last-modified"].dt >= before["last-modified"].dt


def test_what_is_cancelled_stays_and_says_so(owner, client):
    event = EventFactory(text__title="Lamps")
    actions.cancel(event, by=owner, reason="Snow")
    entry = entries(client.get("/en/events/calendar.ics").content)[0]
    assert (str(entry["status"]), str(entry["summary"]), entry["sequence"]) == ("CANCELLED", "Cancelled: Lamps", 1)


def test_the_portals_calendar_holds_what_the_reader_may_see(client, colleague, organisation):
    EventFactory(text__title="Open")
    EventFactory(text__title="Members", visibility="members")
    EventFactory(text__title="Ours", visibility="host", organisation=organisation)
    EventFactory(text__title="Draft", state="draft")

    def titles():
        return {str(entry["summary"]) for entry in entries(client.get("/en/events/calendar.ics").content)}

    assert titles() == {"Open"}
    client.force_login(colleague)
    assert titles() == {"Open", "Members", "Ours"}


def test_a_feed_is_narrowed_like_the_list(client):
    EventFactory(kind="course", text__title="Course")
    EventFactory(text__title="Meeting")
    found = entries(client.get("/en/events/calendar.ics?kind=course").content)
    assert [str(entry["summary"]) for entry in found] == ["Course"]


def test_an_unchanged_feed_is_not_sent_again(client, owner):
    event = EventFactory()
    first = client.get("/en/events/calendar.ics")
    again = client.get("/en/events/calendar.ics", headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, first["Content-Type"], again.status_code) == (200, "text/calendar; charset=utf-8", 304)
    actions.update_event(event, by=owner, place="Elsewhere")
    assert client.get("/en/events/calendar.ics", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_no_feed_tells_the_link_to_strangers(client):
    event = EventFactory(online_url="https://meet.example.org/secret", place="")
    answers = [
        client.get(path).content for path in ("/en/events/calendar.ics", f"/en/events/{event.slug}/calendar.ics", "/en/events/feed/")
    ]
    assert [b"secret" in answer for answer in answers] == [False] * 3


def test_whoever_is_registered_has_the_link(client):
    row = RegistrationFactory(event__online_url="https://meet.example.org/secret")
    client.force_login(row.user)
    assert b"secret" in client.get(f"/en/events/{row.event.slug}/calendar.ics").content


def path_of(user):
    return own_address(user).split("localhost:8000")[-1].split("testserver")[-1]


def test_my_calendar_needs_no_sign_in(client):
    row = RegistrationFactory(event__text__title="Mine", event__online_url="https://meet.example.org/secret")
    EventFactory(text__title="Not mine")
    actions.new_key(row.user)
    answer = client.get(path_of(row.user))
    assert [str(entry["summary"]) for entry in entries(answer.content)] == ["Mine"]
    assert (b"secret" in answer.content, answer["X-Robots-Tag"], answer["Cache-Control"]) == (True, "noindex", "private, no-cache")


def test_whoever_waits_sees_the_event_and_not_its_link():
    row = RegistrationFactory(waiting=True, event__online_url="https://meet.example.org/secret")
    text = own_calendar(row.user)
    assert (len(entries(text)), "secret" in text) == (1, False)


def test_a_new_address_ends_the_old_one(client):
    user = RegistrationFactory().user
    actions.new_key(user)
    old = path_of(user)
    actions.new_key(user)
    assert (client.get(old).status_code, client.get(path_of(user)).status_code) == (404, 200)
    actions.give_up_key(user)
    assert (own_address(user), client.get(old).status_code) == ("", 404)


def test_an_address_of_a_suspended_member_leads_nowhere(client):
    user = UserFactory()
    actions.new_key(user)
    address = path_of(user)
    user.suspended_at = timezone.now()
    user.save()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("token", ["nonsense", "WzEsIngiXQ~x", "~", "a" * 300])
def test_no_address_can_be_guessed(client, token):
    assert client.get(f"/en/events/mine/{token}.ics").status_code == 404


def test_many_events_of_many_zones_are_one_calendar():
    events = [EventFactory(time_zone=zone) for zone in ("Europe/Copenhagen", "Europe/Stockholm", "UTC", "Europe/Copenhagen")]
    found = Calendar.from_ical(calendar(events))
    assert sorted(str(zone["tzid"]) for zone in found.walk("VTIMEZONE")) == ["Europe/Copenhagen", "Europe/Stockholm"]
    assert len(found.walk("VEVENT")) == 4

"""What is free, the lab's calendar, its feed, the pages of visits: who reads what, in how many questions, whatever is typed."""

import io
import json
import zipfile
from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from bookings import actions, calendars
from bookings.availability import LabCapacity, OfferMonth, free_notes
from bookings.models import Booking, LabCalendarKey, Visit
from bookings.rules import is_guest, is_host
from events.calendars import own_calendar
from portal.privacy.copying import write_copy
from tests.bookings.conftest import NOW, make_lab, make_offer
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
FREE, ASK = "/en/living-labs/street-lab/offers/{}/calendar/", "/en/living-labs/street-lab/offers/{}/visit/"
CALENDAR = "/en/living-labs/street-lab/calendar/"


def day(number=0):
    return timezone.localdate() + timedelta(days=number)


def ask(offer, by, days=30, **more):
    """A visit at ten on the clock of the lab, so many days from today."""
    start = datetime.combine(day(days), datetime.min.time()).replace(hour=10)
    words = {
        "delegation": "City of Lund",
        "people": 12,
        "language": "en",
        "purpose": "Lamps",
        "start": start,
        "end": start + timedelta(hours=2),
    }
    return actions.ask_for_visit(offer, by=by, **{**words, **more})


# ---- what is free


def cells(month):
    return {cell.date.day: cell.words for week in month.weeks for cell in week if not cell.is_outside}


def test_a_month_says_what_is_free_on_each_day(offer):
    type(offer).objects.filter(pk=offer.pk).update(capacity=2)
    offer.refresh_from_db()
    for first, last in ((3, 5), (5, 8)):
        actions.hold(offer, start=date(2026, 10, first), end=date(2026, 10, last), by=None, now=NOW)
    found = cells(OfferMonth(offer, "2026-10", now=NOW))
    assert [found[number] for number in (2, 3, 5, 6, 9)] == ["2 free", "1 free", "Full", "1 free", "2 free"]


def test_hours_leave_a_day_partly_free(offer):
    start = datetime(2026, 10, 25, 1, 30)  # clocks go back in that night
    actions.hold(offer, start=start, end=start.replace(hour=4), by=None, now=NOW)
    found = cells(OfferMonth(offer, "2026-10", now=NOW))
    assert [found[number] for number in (24, 25, 26)] == ["Free", "Partly free", "Free"]


def test_the_list_says_the_same_in_periods(offer):
    actions.hold(offer, start=date(2026, 10, 5), end=date(2026, 10, 9), by=None, now=NOW)
    assert OfferMonth(offer, "2026-10", now=NOW).free_list == [
        ("1 October 2026 – 4 October 2026", "Free"),
        ("10 October 2026 – 31 October 2026", "Free"),
    ]
    assert OfferMonth(offer, "", now=NOW).free_list[-1] == ("From 10 October 2026 on", "Free")


def test_only_days_that_can_be_asked_for_lead_on(guided):
    month = OfferMonth(guided, "2026-09", now=NOW)
    linked = [cell.date.day for week in month.weeks for cell in week if cell.url and not cell.is_outside]
    assert linked == list(range(6, 31))


def test_a_lab_says_what_is_free_each_week(lab, offer, guided):
    actions.block(offer, start=date(2026, 9, 9), end=date(2026, 9, 9), by=None, now=NOW)
    rows = dict(LabCapacity(lab, [offer, guided], now=NOW).rows)
    assert [[week.words for week in rows[one]][:3] for one in (offer, guided)] == [["1", "Full", "1"], ["1", "1", "1"]]


def test_a_card_says_from_when_an_offer_is_free(offer, guided, stranger):
    actions.block(offer, start=day(), end=day(9), by=None)
    notes = free_notes([offer, guided], stranger)
    assert (notes[guided.pk], notes[offer.pk].startswith("Free from ")) == ("Free now", True)


@pytest.mark.parametrize(
    "query", ["", "?month=2026-12", "?month=1999-12", "?month=9999-99", "?month=%00", "?as=list&month=2100-12", "?month=2000-01"]
)
def test_every_month_is_a_page(client, offer, query):
    assert client.get(FREE.format("parcel") + query).status_code == 200


def test_a_draft_shows_nothing_to_others(client, lab, stranger):
    make_offer(lab, "secret", "Secret", state="draft")
    client.force_login(stranger)
    assert client.get(FREE.format("secret")).status_code == 404


def test_the_page_of_an_offer_shows_its_month_and_asks(client, guided, offer):
    page = client.get("/en/living-labs/street-lab/offers/tour/").content.decode()
    assert ("What is free" in page, ASK.format("tour") in page) == (True, True)
    assert ASK.format("parcel") not in client.get("/en/living-labs/street-lab/offers/parcel/").content.decode()


def test_the_month_asks_the_same_whatever_is_booked(same_queries, offer):
    type(offer).objects.filter(pk=offer.pk).update(capacity=40)
    assert same_queries(FREE.format("parcel"), lambda: actions.hold(offer, start=day(1), end=day(9), by=None)) <= 12


def test_the_page_of_a_lab_asks_the_same_whatever_is_booked(same_queries, offer):
    type(offer).objects.filter(pk=offer.pk).update(capacity=40)
    assert same_queries("/en/living-labs/street-lab/", lambda: actions.hold(offer, start=day(1), end=day(9), by=None)) <= 12


# ---- the lab's calendar


def test_the_labs_people_see_bookings_and_visits(client, lab, offer, guided, guest, owner):
    actions.hold(offer, start=day(1), end=day(2), by=owner, title="Smart bins")
    ask(guided, guest, days=6)
    client.force_login(owner)
    page = client.get(f"{CALENDAR}?as=list&month={day(1):%Y-%m}").content.decode()
    page += client.get(f"{CALENDAR}?month={day(6):%Y-%m}").content.decode()
    assert ("Smart bins" in page, "City of Lund" in page) == (True, True)


def test_the_labs_calendar_asks_the_same_for_one_and_for_thirty(client, same_queries, offer, guided, guest, owner):
    type(offer).objects.filter(pk=offer.pk).update(capacity=40)
    client.force_login(owner)

    def add():
        actions.hold(offer, start=day(0), end=day(3), by=owner, title="Bins")
        Visit.objects.create(offer=guided, asked_by=guest, delegation="Lund", people=1, language="en", purpose="x",
                             starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1))  # fmt: skip

    assert same_queries(CALENDAR, add) <= 20


def block(client, offer, /, **more):
    said = {"offer": offer.pk, "start": day(20), "end": day(22), "unit": "", "title": "New cables", **more}
    return client.post(f"{CALENDAR}block/", {f"block-{name}": value for name, value in said.items()})


def test_days_are_blocked_and_given_back(client, offer, editor):
    client.force_login(editor)
    assert block(client, offer).status_code == 302
    booking = Booking.objects.get()
    assert (booking.kind, booking.title, booking.units, booking.starts.date(), booking.made_by) == (
        "blocked",
        "New cables",
        "",
        day(20),
        editor,
    )
    assert client.post(f"{CALENDAR}{booking.pk}/release/").status_code == 302
    assert Booking.objects.held().count() == 0


@pytest.mark.parametrize(
    "more", [{"end": day(19)}, {"unit": "2"}, {"unit": "0"}, {"title": ""}, {"title": "\x00"}, {"start": "9999-12-31", "end": "9999-12-31"},
             {"start": "x"}, {"offer": "999999"}, {"title": "x" * 300_000}, {"start": "0001-01-01"}]
)  # fmt: skip
def test_a_block_that_is_none_comes_back(client, offer, owner, more):
    client.force_login(owner)
    assert (block(client, offer, **more).status_code, Booking.objects.count()) == (200, 0)


def test_what_is_held_is_named_to_whoever_blocks(client, offer, owner):
    actions.hold(offer, start=day(21), end=day(21), by=owner, title="Smart bins")
    client.force_login(owner)
    assert "Smart bins (" in block(client, offer).content.decode()


def test_an_agreement_is_not_given_back_from_the_calendar(client, offer, owner):
    booking = actions.hold(offer, start=day(21), end=day(21), by=owner)
    client.force_login(owner)
    assert client.post(f"{CALENDAR}{booking.pk}/release/").status_code == 404


def test_a_block_of_another_lab_is_out_of_reach(client, lab, owner):
    other = make_offer(make_lab(OrganisationFactory(), "elsewhere"))
    booking = actions.block(other, start=day(1), end=day(1), by=None)
    client.force_login(owner)
    assert client.post(f"{CALENDAR}{booking.pk}/release/").status_code == 404


# ---- the feed


def feed(client, lab, user):
    return client.get(calendars.lab_address(lab, user).replace("http://testserver", "").split("8000")[-1])


def test_the_feed_is_read_by_icalendar(client, lab, offer, guided, guest, owner):
    first = actions.hold(offer, start=date(2027, 3, 27), end=date(2027, 3, 29), by=owner, title="Smart bins", purpose="Weight")
    visit = ask(guided, guest)
    actions.confirm(visit, by=owner)
    actions.new_key(lab, by=owner)
    response = feed(client, lab, owner)
    found = {str(one["UID"]): one for one in Calendar.from_ical(response.content).walk("VEVENT")}
    assert (response["Content-Type"], set(found)) == ("text/calendar; charset=utf-8", {str(first.uid), str(visit.uid)})
    entry = found[str(first.uid)]
    assert (str(entry["SUMMARY"]), entry["STATUS"], entry["SEQUENCE"]) == ("Parcel: Smart bins", "CONFIRMED", 0)
    assert (entry.decoded("DTSTART").isoformat(), entry.decoded("DTEND").isoformat()) == (
        "2027-03-27T00:00:00+01:00",
        "2027-03-30T00:00:00+02:00",
    )
    assert "Weight" in entry["DESCRIPTION"]


def test_what_changes_keeps_its_name_and_what_ends_says_so(client, lab, offer, guided, guest, owner):
    booking, visit = actions.hold(offer, start=day(30), end=day(31), by=owner), ask(guided, guest)
    actions.new_key(lab, by=owner)
    actions.move(booking, start=day(40), end=day(41), by=owner), actions.release(booking, by=owner, reason="Called off")
    actions.confirm(visit, by=owner), actions.cancel(visit, by=guest, reason="Strike")
    found = Calendar.from_ical(feed(client, lab, owner).content).walk("VEVENT")
    said = {str(one["UID"]): (one["SEQUENCE"], str(one["STATUS"])) for one in found}
    assert said == {str(booking.uid): (2, "CANCELLED"), str(visit.uid): (2, "CANCELLED")}


def test_what_waits_for_an_answer_is_tentative(client, lab, guided, guest, owner):
    ask(guided, guest)
    actions.new_key(lab, by=owner)
    assert [str(one["STATUS"]) for one in Calendar.from_ical(feed(client, lab, owner).content).walk("VEVENT")] == ["TENTATIVE"]


def test_an_unchanged_feed_is_not_sent_again(client, lab, offer, owner):
    actions.hold(offer, start=day(1), end=day(2), by=owner)
    actions.new_key(lab, by=owner)
    address = calendars.lab_address(lab, owner)
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert (first["Cache-Control"], first["Referrer-Policy"]) == ("private, no-cache", "no-referrer")


def test_the_address_ends_with_a_new_one_with_giving_it_up_and_with_the_task(client, lab, organisation, owner):
    actions.new_key(lab, by=owner)
    old = calendars.lab_address(lab, owner)
    client.force_login(owner)
    client.post(f"{CALENDAR}address/")
    new = calendars.lab_address(lab, owner)
    assert (old != new, client.get(old).status_code, client.get(new).status_code) == (True, 404, 200)
    organisation.memberships.filter(user=owner).update(role="member")
    assert client.get(new).status_code == 404
    organisation.memberships.filter(user=owner).update(role="owner")
    client.post(f"{CALENDAR}address/give-up/")
    assert (client.get(new).status_code, LabCalendarKey.objects.count()) == (404, 0)


def test_the_address_of_an_administrator_ends_with_the_task_too(client, lab, organisation, owner):
    type(owner).objects.filter(pk=owner.pk).update(is_superuser=True)
    actions.new_key(lab, by=owner)
    address = calendars.lab_address(lab, owner)
    statuses = [client.get(address).status_code]
    organisation.memberships.filter(user=owner).delete()
    assert [*statuses, client.get(address).status_code] == [200, 404]


@pytest.mark.parametrize("token", ["x", "WzEsMSwieCJd~x", "%00", "a" * 3000])
def test_a_forged_address_leads_nowhere(client, lab, token):
    assert client.get(f"/en/living-labs/calendar/{token}.ics").status_code in (400, 404)


# ---- asking


def said(**more):
    start = datetime.combine(day(30), datetime.min.time()).replace(hour=10)
    words = {"organisation": "", "delegation": "City of Lund", "people": "12", "language": "en", "purpose": "Lamps"}
    return {**words, "start": f"{start:%Y-%m-%dT%H:%M}", "end": f"{start + timedelta(hours=2):%Y-%m-%dT%H:%M}", **more}


def test_a_member_asks_and_comes_to_the_page_of_the_visit(client, guided, guest):
    organisation = guest.memberships.get().organisation
    client.force_login(guest)
    response = client.post(ASK.format("tour"), said(organisation=organisation.pk))
    visit = Visit.objects.get()
    assert (response.headers["Location"], visit.organisation, visit.people) == (visit.get_absolute_url(), organisation, 12)


@pytest.mark.parametrize(
    "more",
    [
        {"delegation": ""}, {"delegation": "\U0001f600"}, {"people": "0"}, {"people": "26"}, {"people": "9" * 30}, {"people": "x"},
        {"language": "xx"}, {"purpose": "a\x00b"}, {"purpose": "x" * 300_000}, {"start": "9999-12-31T10:00"}, {"start": "0001-01-01T10:00"},
        {"end": "2020-01-01T10:00"}, {"start": "2027-03-28T02:30", "end": "2027-03-28T04:00"}, {"organisation": "999999"},
    ],
)  # fmt: skip
def test_a_question_that_is_none_comes_back_with_what_was_typed(client, guided, guest, more):
    client.force_login(guest)
    response = client.post(ASK.format("tour"), said(**more))
    assert (response.status_code, Visit.objects.count()) == (200, 0)
    assert response.context["form"].errors


def test_nobody_comes_for_an_organisation_of_others(client, guided, guest, organisation):
    client.force_login(guest)
    client.post(ASK.format("tour"), said(organisation=organisation.pk))
    assert Visit.objects.count() == 0


def test_tc21_nothing_else_is_taken_from_the_form(client, guided, guest):
    client.force_login(guest)
    client.post(ASK.format("tour"), said(state="confirmed", price="0", asked_by="1", decided_by="1", practical="x", booking="1"))
    visit = Visit.objects.get()
    assert (visit.state, visit.price, visit.asked_by, visit.decided_by, visit.practical, visit.booking) == (
        "asked",
        "",
        guest,
        None,
        "",
        None,
    )


def test_a_full_time_says_the_next_one(client, guided, guest, owner):
    actions.confirm(ask(guided, guest), by=owner)
    client.force_login(UserFactory())
    assert "The next free period as long as this" in client.post(ASK.format("tour"), said()).content.decode()


def test_the_day_that_was_chosen_is_filled_in(client, guided, guest):
    client.force_login(guest)
    assert "2027-03-04T10:00" in client.get(f"{ASK.format('tour')}?day=2027-03-04").content.decode()
    assert client.get(f"{ASK.format('tour')}?day=2027-99-99").status_code == 200


def test_what_takes_no_visits_leads_back(client, offer, guest):
    client.force_login(guest)
    assert client.get(ASK.format("parcel")).headers["Location"] == "/en/living-labs/street-lab/offers/parcel/"


# ---- who reads a visit


@pytest.mark.parametrize("part, sees", [("nobody", False), ("stranger", False), ("colleague", False), ("editor", True), ("owner", True),
                                        ("moderator", False), ("suspended", False), ("guest", True)])  # fmt: skip
def test_a_visit_is_read_by_its_guests_and_its_hosts(guided, guest, part, sees, request):
    visit, person = ask(guided, guest), request.getfixturevalue(part)
    assert Visit.objects.visible_to(person).exists() == sees
    assert Booking.objects.visible_to(person).exists() is False
    if person.is_authenticated and person.may_act:
        assert (is_guest(person, visit) or is_host(person, visit), person.has_perm("bookings.see_visit", visit)) == (sees, sees)


def test_writers_of_the_organisation_that_comes_are_guests_too(guided, guest):
    organisation = guest.memberships.get().organisation
    ask(guided, guest, organisation=organisation)
    people = [MembershipFactory(organisation=organisation, role=role).user for role in ("owner", "editor", "member")]
    assert [Visit.objects.guest(person).exists() for person in people] == [True, True, False]


def test_the_list_of_visits_asks_the_same_for_one_and_for_thirty(client, same_queries, guided, guest):
    client.force_login(guest)
    start = timezone.now() + timedelta(days=20)

    def add():
        words = {"delegation": "Lund", "people": 1, "language": "en", "purpose": "x"}
        Visit.objects.create(offer=guided, asked_by=guest, starts_at=start, ends_at=start + timedelta(hours=1), **words)

    assert same_queries("/en/visits/", add) <= 16


def test_the_page_of_a_visit_is_read_in_few_questions(client, count_queries, guided, guest, owner):
    visit = ask(guided, guest)
    client.force_login(owner)
    address = visit.get_absolute_url()
    client.get(address)
    assert count_queries(address) <= 20


# ---- answering


def post(client, visit, verb, **said):
    return client.post(reverse(f"visits:{verb}", args=[visit.pk]), said)


def test_a_host_confirms_and_the_guest_reads_where_to_meet(client, guided, guest, owner):
    visit = ask(guided, guest)
    client.force_login(owner)
    assert post(client, visit, "confirm", practical="At the gate", price="DKK 500", seen=visit.changed_at.isoformat()).status_code == 302
    client.force_login(guest)
    page = client.get(visit.get_absolute_url()).content.decode()
    assert ("At the gate" in page, "DKK 500" in page) == (True, True)


def test_another_date_that_is_full_comes_back_with_what_was_typed(client, guided, guest, owner):
    actions.confirm(ask(guided, UserFactory(), days=40), by=owner)
    visit, start = ask(guided, guest), datetime.combine(day(40), datetime.min.time()).replace(hour=10)
    client.force_login(owner)
    response = post(
        client, visit, "propose", start=f"{start:%Y-%m-%dT%H:%M}", end=f"{start.replace(hour=12):%Y-%m-%dT%H:%M}", reason="Snow"
    )
    assert (response.status_code, "is full" in response.content.decode(), "Snow" in response.content.decode()) == (200, True, True)


def test_two_hosts_decide_and_the_second_is_told(client, guided, guest, owner, editor):
    visit = ask(guided, guest)
    actions.decline(visit, by=editor, reason="We are away")
    client.force_login(owner)
    response = client.post(reverse("visits:confirm", args=[visit.pk]), {}, follow=True)
    assert "This visit is now “Declined”" in response.content.decode()


def test_guests_are_thanked_with_material_only_both_sides_read(client, guided, guest, owner, stranger):
    visit = actions.confirm(ask(guided, guest), by=owner)
    Visit.objects.filter(pk=visit.pk).update(starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=1))
    client.force_login(owner)
    slides = SimpleUploadedFile("slides.pdf", b"%PDF-1.7 x", "application/pdf")
    assert post(client, visit, "thank", text="Thank you", files=slides).status_code == 302
    url = visit.attachments.get().get_absolute_url()
    statuses = []
    for person in (owner, guest, stranger):
        client.force_login(person)
        statuses.append(client.get(url).status_code)
    assert statuses == [200, 200, 404]


def test_tc13_a_page_is_no_material(client, guided, guest, owner):
    visit = actions.confirm(ask(guided, guest), by=owner)
    Visit.objects.filter(pk=visit.pk).update(starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=1))
    client.force_login(owner)
    bad = SimpleUploadedFile("x.pdf", b"<html><script>alert(1)</script>", "application/pdf")
    assert (post(client, visit, "thank", text="Thank you", files=bad).status_code, Visit.objects.get().thanked_at) == (200, None)


@pytest.mark.parametrize("reason", ["", "\x00", "x" * 300_000])
def test_a_reason_that_is_none_comes_back(client, guided, guest, owner, reason):
    visit = ask(guided, guest)
    client.force_login(owner)
    assert (post(client, visit, "decline", reason=reason).status_code, Visit.objects.get().state) == (200, "asked")


# ---- elsewhere


def test_visits_stand_in_my_calendar_and_in_its_file(client, guided, guest, owner):
    visit = ask(guided, guest)
    client.force_login(guest)
    assert "City of Lund" in client.get("/en/events/mine/").content.decode()
    actions.confirm(visit, by=owner)
    found = Calendar.from_ical(own_calendar(guest)).walk("VEVENT")
    assert [(str(one["UID"]), str(one["STATUS"])) for one in found] == [(str(visit.uid), "CONFIRMED")]


def test_the_desk_asks_hosts_and_guests(client, guided, guest, owner):
    visit = ask(guided, guest)
    client.force_login(owner)
    assert "City of Lund ask to visit Street lab" in client.get("/en/desk/").content.decode()
    later = datetime.combine(day(35), datetime.min.time()).replace(hour=10)
    actions.propose(visit, by=owner, start=later, end=later.replace(hour=11))
    client.force_login(guest)
    assert "Street lab proposes another date for your visit" in client.get("/en/desk/").content.decode()


def test_a_members_copy_tells_of_visits_and_bookings(offer, guided, guest, owner):
    ask(guided, guest)
    actions.hold(offer, start=date(2027, 1, 4), end=date(2027, 1, 8), by=owner, title="Smart bins")
    of_guest, of_owner = io.BytesIO(), io.BytesIO()
    for person, file in ((guest, of_guest), (owner, of_owner)):
        write_copy(person, file, timezone.now())
    held = [json.loads(zipfile.ZipFile(file).read("data.json"))["held"] for file in (of_guest, of_owner)]
    assert held[0]["bookings.Visit"][0]["delegation"] == "City of Lund"
    assert (held[1]["bookings.Booking"][0]["title"], held[1]["bookings.Booking"][0]["period"][0][:10]) == ("Smart bins", "2027-01-03")


def test_hostile_words_are_text_everywhere(client, guided, guest, owner):
    visit = ask(guided, guest, delegation="<script>alert(1)</script>", purpose="=cmd()<img src=x onerror=alert(1)>")
    client.force_login(owner)
    for address in (visit.get_absolute_url(), "/en/visits/", f"{CALENDAR}?month={day(30):%Y-%m}", "/en/desk/"):
        page = client.get(address).content.decode()
        assert ("<script>alert(1)" in page, "<img src=x" in page) == (False, False)

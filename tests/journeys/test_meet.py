"""Journey 3, the meeting: a host plans it in two steps, somebody finds it and signs up, has it in a calendar file and in a calendar of
one's own; the host moves it and cancels it, and everybody is told.

With and without a script, by what stands on the pages and in the mails that arrived.
"""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import expect

from tests.conftest import of
from tests.factories import OrganisationFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "laid-again-elsewhere-9"
HOST, GUEST, LATE = "olga@lejre.example", "gustav@koege.example", "wanda@koege.example"
DAY = f"{timezone.now() + timedelta(days=20):%Y-%m-%d}"


@pytest.fixture
def site(live_site, settings):
    settings.SITE_URL = live_site
    people = [
        of(OrganisationFactory(name="Lejre Kommune"), "owner", name="Olga Owner", email=HOST),
        UserFactory(name="Gustav Guest", email=GUEST),
        UserFactory(name="Wanda Waits", email=LATE),
    ]
    for person in people:
        person.emailaddress_set.create(email=person.email, verified=True, primary=True)
        person.set_password(PASSWORD)
        person.save()
    return live_site


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def people(new_page, site, request):
    """Returns a function that gives the browser page of a person, signed in when first asked for."""
    pages = {}

    def page_of(address):
        if address not in pages:
            page = pages[address] = new_page(java_script_enabled=request.param)
            page.context.set_default_timeout(60_000)
            page.goto(f"{site}/en/accounts/login/")
            sign_in(page, address)
        return pages[address]

    return page_of


def sign_in(page, address):
    page.get_by_label("E-mail address").fill(address)
    page.locator('input[name="password"]').fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_plan_find_register_move_cancel(people, site, new_page):
    address = plan(people(HOST), site)
    find_and_sign_up(people(GUEST), site)
    sign_in_on_the_way(new_page(java_script_enabled=False), address)
    uid = read_the_files(people(GUEST), site, address)
    move(people(HOST), address)
    cancel(people(HOST), address)
    read_what_is_cancelled(people(GUEST), address, uid)


def plan(page, site):
    page.goto(f"{site}/en/events/")
    page.get_by_role("link", name="Plan an event").click()
    page.get_by_label("Title").fill("What the lamps told us")
    page.get_by_label("Begins").fill(f"{DAY}T13:00")
    page.get_by_label("Ends").fill(f"{DAY}T15:00")
    page.get_by_label("Place and address").fill("Town hall, room 2")
    page.get_by_role("button", name="Keep as a draft and go on").click()
    page.get_by_label("Seats").fill("1")
    page.get_by_label("Question 1", exact=False).first.fill("What do you eat?")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What the lamps told us")
    expect(page.get_by_text("1 of 1 seats free")).to_be_visible()
    return page.url


def find_and_sign_up(page, site):
    page.goto(f"{site}/en/search/?q=lamps")
    page.get_by_role("link", name="What the lamps told us").first.click()
    page.get_by_label("What do you eat?").fill("Fish")
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("heading", name="You are registered")).to_be_visible()
    assert mails_to(GUEST)[-1].subject.startswith("You are registered for “What the lamps told us”")


def sign_in_on_the_way(page, address):
    """A visitor signs in because of the event, comes back to it, and stands in the line."""
    page.goto(address)
    page.get_by_role("link", name="Sign in to sign up").click()
    sign_in(page, LATE)
    expect(page.get_by_role("heading", level=1)).to_have_text("What the lamps told us")
    page.get_by_role("button", name="Onto the waiting list").click()
    expect(page.get_by_role("heading", name="You are on the waiting list")).to_be_visible()


def read_the_files(page, site, address):
    """The same entry in the mail, at its address and in my calendar."""
    texts = [attached(mails_to(GUEST)[-1]), page.request.get(f"{address}calendar.ics").text()]
    page.goto(f"{site}/en/events/mine/")
    page.get_by_role("button", name="Make my address").click()
    own = page.get_by_label("Your secret address").input_value()
    page.context.clear_cookies()
    texts.append(page.request.get(own).text())
    entries = [Calendar.from_ical(text).walk("VEVENT")[0] for text in texts]
    assert {(str(one["summary"]), f"{one['dtstart'].dt:%Y-%m-%dT%H:%M}", str(one["status"])) for one in entries} == {
        ("What the lamps told us", f"{DAY}T13:00", "CONFIRMED")
    }
    page.own_address = own
    return {str(one["uid"]) for one in entries}


def move(page, address):
    page.goto(f"{address}edit/")
    page.get_by_label("Begins").fill(f"{DAY}T14:00")
    page.get_by_label("Ends").fill(f"{DAY}T16:00")
    page.get_by_role("button", name="Save", exact=True).click()
    assert ["has changed. Now" in mails_to(person)[-1].subject for person in (GUEST, LATE)] == [True, True]


def cancel(page, address):
    page.goto(address)
    page.locator("summary", has_text="Cancel the event").click()
    page.get_by_label("Why is it cancelled?", exact=False).fill("Snow on every road.")
    page.locator("details").get_by_role("button", name="Cancel the event").click()
    expect(page.get_by_text("This event is cancelled")).to_be_visible()
    assert ["Snow on every road." in mails_to(person)[-1].body for person in (GUEST, LATE)] == [True, True]


def read_what_is_cancelled(page, address, uid):
    entries = [Calendar.from_ical(page.request.get(one).text()).walk("VEVENT")[0] for one in (f"{address}calendar.ics", page.own_address)]
    assert {(str(one["status"]), one["sequence"]) for one in entries} == {("CANCELLED", 2)}
    assert {str(one["uid"]) for one in entries} == uid
    assert len(uid) == 1


def mails_to(address):
    return [one for one in mail.outbox if one.to == [address]]


def attached(message):
    return next(text for _name, text, kind in message.attachments if kind.startswith("text/calendar"))

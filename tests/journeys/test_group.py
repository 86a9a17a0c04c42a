"""The life of a working group: founded, somebody invited, somebody asks and is taken in, a discussion with a picture, a meeting that stands
in the calendar of whoever is registered, minutes with a decision and something to do, and the end with a summary.

With and without a script, by what stands on the pages and in the mails that arrived.
"""

import io
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar
from PIL import Image
from playwright.sync_api import expect

from events.models import Event
from tests.conftest import of
from tests.factories import OrganisationFactory, UserFactory
from tests.support.axe import sideways, violations
from workinggroups.models import WorkingGroup

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "laid-again-elsewhere-9"
CHAIR, INVITED, ASKING = "carla@lejre.example", "ivar@glimmer.example", "asta@koege.example"
DAY = f"{timezone.now() + timedelta(days=20):%Y-%m-%d}"
DUE = f"{timezone.now() + timedelta(days=50):%Y-%m-%d}"


@pytest.fixture
def site(live_site, settings, tmp_path):
    settings.SITE_URL, settings.MEDIA_ROOT = live_site, str(tmp_path)
    people = [
        of(OrganisationFactory(name="Lejre Kommune"), "member", name="Carla Chair", email=CHAIR),
        UserFactory(name="Ivar Invited", email=INVITED),
        of(OrganisationFactory(name="Koege Kommune"), "member", name="Asta Asks", email=ASKING),
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
            page.get_by_label("E-mail address").fill(address)
            page.locator('input[name="password"]').fill(PASSWORD)
            page.get_by_role("button", name="Sign in", exact=True).click()
            expect(page).not_to_have_url(f"{site}/en/accounts/login/")
        return pages[address]

    page_of.script = request.param
    return page_of


def test_found_invite_ask_discuss_meet_decide_close(people, site):
    group = found(people(CHAIR), site)
    invite(people(CHAIR), people(INVITED), group)
    ask_and_be_taken_in(people(CHAIR), people(ASKING), site, group)
    topic = discuss_with_a_picture(people(ASKING), people(INVITED), group)
    meeting = plan_a_meeting(people(CHAIR), site)
    register(people(ASKING), meeting)
    stand_in_the_calendar(people(ASKING), site)
    write_the_agenda(people(CHAIR), meeting)
    time_goes_by()
    write_the_minutes(people(CHAIR), meeting)
    read_the_decision(people(ASKING), site, group)
    if people.script:
        look_at_the_pages(people(ASKING), group, topic, meeting)
    close(people(CHAIR), group)
    read_only_afterwards(people(ASKING), group, topic)


def found(page, site):
    page.goto(f"{site}/en/working-groups/")
    page.get_by_role("link", name="Found a working group").first.click()
    page.get_by_label("Name in English").fill("Quiet streets")
    page.get_by_label("Purpose in English").fill("Less noise at night.")
    page.get_by_label("Why in English").fill("Nobody measures alone.")
    page.get_by_label("On request").check()
    page.get_by_role("button", name="Found the group").click()
    expect(page.get_by_text("is founded as a draft")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Quiet streets is published.")).to_be_visible()
    return f"{site}{WorkingGroup.objects.get().get_absolute_url()}"


def invite(chair, invited, group):
    chair.goto(f"{group}members/")
    form = chair.locator("#invite")
    form.get_by_label("E-mail address").fill(INVITED)
    form.get_by_role("button", name="Send the invitation").click()
    expect(chair.get_by_text(f"An invitation is on its way to {INVITED}.")).to_be_visible()
    invited.goto(re.search(r"http\S+/invitations/\S+", mails_to(INVITED)[-1].body).group())
    invited.get_by_role("button", name="Accept").click()
    expect(invited.get_by_text("Welcome: you belong to Quiet streets now.")).to_be_visible()


def ask_and_be_taken_in(chair, asking, site, group):
    asking.goto(f"{site}/en/working-groups/?q=noise")
    asking.get_by_role("link", name="Quiet streets").click()
    asking.get_by_role("link", name="Ask to join").click()
    asking.get_by_label("A note to the chairs").fill("We count cars at night.")
    asking.get_by_role("button", name="Send the request").click()
    expect(asking.get_by_text("You have asked to join")).to_be_visible()
    chair.goto(f"{group}members/")
    chair.get_by_label("Answer").fill("Welcome!")
    chair.get_by_role("button", name="Accept").click()
    expect(chair.get_by_text("The request of Asta Asks is accepted.")).to_be_visible()


def discuss_with_a_picture(writer, reader, group):
    """A topic with a picture of the street; another member reads and answers it, and its writer hears."""
    writer.goto(group)
    writer.get_by_role("link", name="Discussions").first.click()
    writer.get_by_role("link", name="Start a discussion").first.click()
    writer.get_by_label("Title").fill("Where to hang the meter?")
    writer.get_by_label("Your post").fill("On **this** pole, or the next one?")
    writer.locator('input[type="file"]').set_input_files({"name": "pole.png", "mimeType": "image/png", "buffer": picture()})
    writer.get_by_label(re.compile("What (the picture|“pole.png”) shows")).first.fill("A pole in front of a school")
    writer.get_by_role("button", name="Start the discussion").click()
    expect(writer.get_by_role("img", name="A pole in front of a school")).to_be_visible()
    topic = writer.url.split("#")[0].split("?")[0]
    reader.goto(f"{group}discussions/")
    reader.get_by_role("link", name="Where to hang the meter?").first.click()
    expect(reader.get_by_role("img", name="A pole in front of a school")).to_be_visible()
    reader.get_by_label("Your post").fill("The next one: there are fewer leaves.")
    reader.get_by_role("button", name="Send the post").click()
    expect(reader.get_by_text("The next one: there are fewer leaves.")).to_be_visible()
    writer.goto(topic)
    expect(writer.get_by_text("The next one: there are fewer leaves.")).to_be_visible()
    return topic


def plan_a_meeting(page, site):
    page.goto(f"{site}/en/working-groups/quiet-streets/meetings/")
    page.get_by_role("link", name="Plan a meeting").first.click()
    page.get_by_label("Title").fill("First night of counting")
    page.get_by_label("Begins").fill(f"{DAY}T13:00")
    page.get_by_label("Ends").fill(f"{DAY}T15:00")
    page.get_by_label("Place and address").fill("Town hall, room 2")
    page.get_by_role("button", name="Keep as a draft and go on").click()
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("First night of counting")
    return page.url


def register(page, meeting):
    page.goto(meeting)
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("heading", name="You are registered")).to_be_visible()


def stand_in_the_calendar(page, site):
    """The secret address of a member's calendar, read by a calendar library."""
    page.goto(f"{site}/en/events/mine/")
    page.get_by_role("button", name="Make my address").click()
    address = page.get_by_label("Your secret address").input_value()
    (entry,) = Calendar.from_ical(page.request.get(address).text()).walk("VEVENT")
    assert (str(entry["summary"]), f"{entry['dtstart'].dt:%Y-%m-%dT%H:%M}") == ("First night of counting", f"{DAY}T13:00")


def write_the_agenda(page, meeting):
    page.goto(f"{meeting}agenda/")
    page.get_by_label("What it is about").fill("Which method")
    page.get_by_role("button", name="Put it on the agenda").click()
    expect(page.get_by_role("heading", name="Which method")).to_be_visible()


def time_goes_by():
    """The meeting began an hour ago."""
    Event.objects.update(starts_at=timezone.now() - timedelta(hours=1), ends_at=timezone.now() + timedelta(hours=1))


def write_the_minutes(page, meeting):
    """Begun from the agenda, with a decision, dissent and something to do; approved, they are fixed."""
    page.goto(f"{meeting}minutes/")
    page.get_by_role("button", name="Begin the minutes").click()
    if not page.url.split("?")[0].endswith("/edit/"):
        page.goto(f"{meeting}minutes/edit/")
    page.get_by_label("What was said").first.fill("Two methods were compared.")
    fill_row(page, "decisions", {"What was decided": "All count between 22 and 6.", "Dissent": "Koege would rather begin at 23."})
    fill_row(page, "agreed", {"What is to be done": "Lend out the meters", "By when": DUE})
    page.get_by_role("button", name="Save and read").click()
    expect(page.get_by_text("All count between 22 and 6.").first).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved on", exact=False).first).to_be_visible()


def fill_row(page, prefix, said):
    """The last row of a set, or one more."""
    rows = page.locator(f"#{prefix}-set > [data-row]")
    if not rows.count() or any(rows.last.get_by_label(label).first.input_value() for label in list(said)[:1]):
        page.locator(f"#{prefix}-set > button[name=add]").click()
        page.wait_for_load_state()
    for label, words in said.items():
        page.locator(f"#{prefix}-set > [data-row]").last.get_by_label(label).first.fill(words)


def read_the_decision(page, site, group):
    page.goto(group)
    page.get_by_role("link", name="Decisions").first.click()
    expect(page.get_by_text("All count between 22 and 6.").first).to_be_visible()
    expect(page.get_by_text("Koege would rather begin at 23.").first).to_be_visible()
    page.goto(f"{site}/en/search/?q=22")
    table = page.request.get(f"{group}decisions.csv").text()
    assert "All count between 22 and 6." in table


def look_at_the_pages(page, group, topic, meeting):
    """Each page of a member is accessible, and no wider than a telephone."""
    for address in (group, f"{group}discussions/", topic, f"{group}meetings/", f"{group}decisions/", f"{group}action-points/",
                    f"{meeting}agenda/", f"{meeting}minutes/"):  # fmt: skip
        page.set_viewport_size({"width": 360, "height": 800})
        page.goto(address)
        assert (address, violations(page), sideways(page)) == (address, [], 0)


def close(page, group):
    page.goto(f"{group}close/")
    page.get_by_label("summary", exact=False).first.fill("One method, nine towns. The meters stay in Lejre.")
    page.get_by_role("button", name="Close the group").click()
    expect(page.get_by_text("One method, nine towns.", exact=False).first).to_be_visible()
    assert WorkingGroup.objects.get().state == "archived"


def read_only_afterwards(page, group, topic):
    page.goto(topic)
    expect(page.get_by_text("The next one: there are fewer leaves.")).to_be_visible()
    assert page.get_by_role("button", name="Send the post").count() == 0


def picture():
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(file, "PNG")
    return file.getvalue()


def mails_to(address):
    return [one for one in mail.outbox if one.to == [address]]

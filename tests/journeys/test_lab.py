"""Journey 5: a company finds two living labs, asks both at once, is asked back by one and declined by the other, agrees, tests, is refused
a place that is taken, and writes the report; the lab agrees to it, everybody reads it, and it becomes a project.

With and without a script, by what stands on the pages and in the mails that arrived.
"""

import io
from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar
from PIL import Image
from playwright.sync_api import expect

from testreports.models import TestReport
from testrequests.models import TestRequest
from tests.conftest import of
from tests.factories import LivingLabFactory, MunicipalityFactory, OfferFactory, OrganisationFactory
from tests.support.axe import sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "laid-again-elsewhere-9"
COMPANY, HOST, OTHER = "carl@counters.example", "hanna@lejre.example", "omar@koege.example"
START = timezone.localdate() + timedelta(days=40)
END = START + timedelta(days=27)
TITLE = "Count cyclists in snow"


@pytest.fixture
def site(live_site, settings, tmp_path):
    settings.SITE_URL, settings.MEDIA_ROOT = live_site, str(tmp_path)
    lejre, koege = OrganisationFactory(name="Lejre Kommune"), OrganisationFactory(name="Koege Kommune")
    company = OrganisationFactory(name="Counters ApS", type="company")
    people = [
        of(company, "owner", name="Carl Counts", email=COMPANY),
        of(lejre, "owner", name="Hanna Host", email=HOST),
        of(koege, "owner", name="Omar Other", email=OTHER),
    ]
    for person in people:
        person.emailaddress_set.create(email=person.email, verified=True, primary=True)
        person.set_password(PASSWORD)
        person.save()
    town = MunicipalityFactory(slug="snowtown", in_portal=True)
    street = LivingLabFactory(organisation=lejre, slug="street-lab", text__name="Street lab", municipalities=[town])
    OfferFactory(lab=street, slug="pole", text__title="Pole position", capacity=1)
    harbour = LivingLabFactory(organisation=koege, slug="harbour-lab", text__name="Harbour lab", municipalities=[town])
    OfferFactory(lab=harbour, slug="quay", text__title="Quay", capacity=1)
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


def test_from_offer_to_published_report(people, site, new_page):
    request = ask_two_labs(people(COMPANY), site, TITLE)
    decline(people(OTHER), site, request)
    street = f"{site}{request.applications.get(lab__slug='street-lab').get_absolute_url()}"
    ask_back_and_accept(people(HOST), people(COMPANY), street)
    compare(people(COMPANY), site, request)
    agree_on_terms(people(HOST), people(COMPANY), street)
    refuse_the_second(people, site)
    read_the_calendar(people(HOST), site)
    run_the_test(people(HOST), people(COMPANY), street)
    report = write_the_report(people(COMPANY), street)
    agree_to_it(people(HOST), report)
    read_it_everywhere(new_page(java_script_enabled=False), site)
    go_on(people(COMPANY), report)
    complete(people(HOST), street)
    if people.script:
        look_at_the_pages(people(HOST), people(COMPANY), site, report)


BOTH = (("Street lab", "Pole position"), ("Harbour lab", "Quay"))


def ask_two_labs(page, site, title, places=BOTH):
    """Found through the lab's offer, written in steps, sent to every lab that is chosen."""
    page.goto(f"{site}/en/living-labs/")
    page.get_by_role("link", name="Street lab").first.click()
    page.get_by_role("link", name="Pole position").first.click()
    page.get_by_role("link", name="Ask for a test").first.click()
    page.get_by_label("Title", exact=False).first.fill(title)
    page.get_by_label("What do you want to test?").fill("Two radar counters on one pole.")
    page.get_by_label("Which problem does it solve?").fill("Cameras see nothing in snow.")
    page.get_by_label("How mature is it?").select_option("6")
    next_step(page, "Where and when")
    for lab, offer in places:
        details = page.locator("details.facet", has_text=lab)
        if details.get_attribute("open") is None:
            details.locator("summary").click()
        details.get_by_label(offer, exact=False).check()
    page.get_by_label("Test from").fill(f"{START:%Y-%m-%d}")
    page.get_by_label("Test until").fill(f"{END:%Y-%m-%d}")
    next_step(page, "Conditions")
    page.get_by_label("No personal data").check()
    next_step(page, "Benefit")
    page.get_by_label("What does the municipality get out of it?").fill("Figures for the winter.")
    page.get_by_label("Everything, with figures").check()
    next_step(page, "Check and send")
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return TestRequest.objects.get(title=title)


def next_step(page, heading):
    page.get_by_role("button", name="Save and continue").last.click()
    expect(page.get_by_role("heading", level=2, name=heading, exact=True)).to_be_visible()


def decline(page, site, request):
    page.goto(f"{site}{request.applications.get(lab__slug='harbour-lab').get_absolute_url()}")
    page.locator("summary", has_text="Decline").click()
    page.get_by_label("Why? Who asked reads this.").fill("The quay is dug up.")
    page.locator("details").get_by_role("button", name="Decline").click()
    expect(page.get_by_text("Declined. Who asked reads the reason.")).to_be_visible()
    assert "The quay is dug up." in mails_to(COMPANY)[-1].body


def ask_back_and_accept(host, company, street):
    host.goto(street)
    host.get_by_role("textbox", name="Message").fill("At which height?")
    host.get_by_role("button", name="Ask back: it is their turn then").click()
    company.goto(street)
    expect(company.get_by_text("At which height?")).to_be_visible()
    company.get_by_role("textbox", name="Message").fill("Four metres.")
    company.get_by_role("button", name="Send the message").click()
    host.goto(street)
    expect(host.get_by_text("Four metres.")).to_be_visible()
    host.locator("summary", has_text="Accept").click()
    host.locator("details").get_by_role("button", name="Accept").click()
    expect(host.get_by_text("Accepted. Next you agree on the terms.")).to_be_visible()


def compare(page, site, request):
    """Both answers beside each other, in one table."""
    page.goto(f"{site}{request.get_absolute_url()}")
    table = page.locator("table.compared")
    expect(table.get_by_role("columnheader")).to_have_text(["Street lab", "Harbour lab"])
    expect(table).to_contain_text("Accepted")
    expect(table).to_contain_text("Declined")


def agree_on_terms(host, company, street):
    propose(host, street)
    company.goto(street)
    company.get_by_role("button", name="Accept version 1").click()
    expect(company.locator("#terms")).to_contain_text("in force")


def propose(host, street):
    host.goto(street)
    form = host.locator("#terms form").last
    if not form.is_visible():
        host.locator("#terms summary", has_text="Propose").click()
    form.get_by_role("textbox", name="Terms").fill("One pole for four weeks. The data are shared.")
    form.get_by_label("Test from").fill(f"{START:%Y-%m-%d}")
    form.get_by_label("Test until").fill(f"{END:%Y-%m-%d}")
    form.get_by_role("button", name="Propose these terms").click()
    expect(host.locator("#terms")).to_contain_text("Version 1")


def refuse_the_second(people, site):
    """The same pole in the same weeks: the second agreement is refused, with the next time it is free."""
    request = ask_two_labs(people(COMPANY), site, "Count dogs in snow", places=BOTH[:1])
    street = f"{site}{request.applications.get().get_absolute_url()}"
    people(HOST).goto(street)
    people(HOST).locator("summary", has_text="Accept").click()
    people(HOST).locator("details").get_by_role("button", name="Accept").click()
    propose(people(HOST), street)
    people(COMPANY).goto(street)
    people(COMPANY).get_by_role("button", name="Accept version 1").click()
    expect(people(COMPANY).get_by_text("is full", exact=False).first).to_be_visible()
    assert request.applications.get().state == "accepted"


def read_the_calendar(page, site):
    """The lab's people subscribe to it; the agreement stands there on the clock of the lab."""
    page.goto(f"{site}/en/living-labs/street-lab/calendar/")
    page.get_by_role("button", name="Make my address").click()
    address = page.get_by_label("Your secret address", exact=False).input_value()
    (entry,) = Calendar.from_ical(page.request.get(address).text()).walk("VEVENT")
    start = entry["dtstart"].dt
    assert (TITLE in str(entry["summary"]), start if type(start) is date else start.date()) == (True, START)


def run_the_test(host, company, street):
    host.goto(street)
    host.get_by_role("button", name="Start the test").click()
    expect(host.get_by_text("The test is running.")).to_be_visible()
    company.goto(street)
    company.get_by_role("button", name="End the test").click()
    expect(company.get_by_text("The test is over. Now its report is written.")).to_be_visible()


def write_the_report(page, street):
    page.goto(street)
    page.get_by_role("button", name="Write the test report").click()
    expect(page.get_by_label("What was done")).to_have_value("### What was to be tested\n\nTwo radar counters on one pole.\n\n"
                                                              "### Which problem it solves\n\nCameras see nothing in snow.")  # fmt: skip
    page.get_by_label("In two sentences").fill("Radar counted in snow. Infrared did not.")
    page.get_by_label("What worked").fill("Radar saw **98 per cent**.")
    page.get_by_label("What did not work").fill("Infrared went blind.")
    page.get_by_label("What was measured").first.fill("Cyclists seen")
    page.get_by_label("Unit").first.fill("%")
    page.get_by_label("Before").first.fill("61")
    page.get_by_label("After").first.fill("98")
    page.get_by_role("button", name="Add a link").click()
    page.get_by_label("Address").first.fill("https://data.example.org/snow")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    add_files(page)
    page.goto(f"{page.url.split('#')[0].removesuffix('edit/')}")
    page.get_by_role("button", name="Submit to the other side").click()
    expect(page.get_by_text("is asked whether it says what happened", exact=False).first).to_be_visible()
    assert "Does it say what happened?" in mails_to(HOST)[-1].subject
    return page.url


def add_files(page):
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(picture, "PNG")
    for name, kind, content, said in (
        ("pole.png", "image/png", picture.getvalue(), {"What the picture shows": "The pole in snow"}),
        ("counts.csv", "text/csv", b"day;count\n1;53\n", {"Name": "Counts by day"}),
    ):
        form = page.locator("#files form").last
        form.locator('input[type="file"]').set_input_files({"name": name, "mimeType": kind, "buffer": content})
        for label, words in said.items():
            form.get_by_label(label, exact=False).last.fill(words)
        form.get_by_role("button", name="Add the file").click()
        expect(page.get_by_text("The file is added.")).to_be_visible()


def agree_to_it(page, report):
    page.goto(report)
    page.get_by_role("button", name="Agree and publish").click()
    expect(page.locator("#decide")).to_contain_text("This field is required")
    page.get_by_label("Yes, with changes").check()
    page.get_by_label("Why").fill("With the radar fifteen metres further on.")
    page.get_by_role("button", name="Agree and publish").click()
    expect(page.get_by_text("Would the host go on?")).to_be_visible()
    assert TestReport.objects.get().state == "published"


def read_it_everywhere(page, site):
    """A visitor finds it by a word, on the lab, at the company, in the town."""
    for path in ("search/?q=radar", "living-labs/street-lab/", "municipalities/snowtown/", "test-reports/?q=infrared",
                 f"organisations/{TestReport.objects.get().organisation.slug}/"):  # fmt: skip
        page.goto(f"{site}/en/{path}")
        page.get_by_role("link", name=TITLE).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_text("With the radar fifteen metres further on.")).to_be_visible()
    expect(page.get_by_role("img", name="The pole in snow")).to_be_visible()
    assert page.request.get(f"{site}{page.get_by_role('link', name='Counts by day').get_attribute('href')}").status == 200


def go_on(page, report):
    page.goto(report)
    page.get_by_role("button", name="Make it a project").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_text("Radar saw", exact=False).first).to_be_visible()
    page.goto(report)
    page.get_by_role("button", name="Test in another lab").click()
    expect(page.get_by_text("This is a draft of the same request.", exact=False)).to_be_visible()


def complete(page, street):
    page.goto(street)
    page.get_by_role("button", name="Complete").click()
    expect(page.get_by_text("Completed.", exact=True).first).to_be_visible()


def look_at_the_pages(host, company, site, report):
    """Each page of reports and numbers is accessible, and no wider than a telephone."""
    pages = [(host, "/en/living-labs/street-lab/numbers/"), (host, report.removeprefix(site)), (company, "/en/test-reports/"),
             (company, f"{report.removeprefix(site)}history/")]  # fmt: skip
    for page, path in pages:
        page.set_viewport_size({"width": 360, "height": 800})
        page.goto(f"{site}{path}")
        assert (path, violations(page), sideways(page)) == (path, [], 0)


def mails_to(address):
    return [one for one in mail.outbox if one.to == [address]]

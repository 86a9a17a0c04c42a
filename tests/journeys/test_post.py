"""Journey 2: register with a municipal address, join by its domain, write in five steps without losing a word, submit, mend what is
returned, be published; followers hear of it, and a partner declines.

With and without a script, by what stands on the pages and in the mails that arrived.
"""

import email
import email.policy
import io
import re
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core import mail
from PIL import Image
from playwright.sync_api import expect

from notifications.models import Delivery
from projects.models import Project
from tests.conftest import of
from tests.factories import DomainFactory, OrganisationFactory, ThemeFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "laid-again-elsewhere-9"
ADDRESS = "marie.holm@lejre.example"
TITLE = "Lamps that dim when nobody is near"
SUMMARY = "Lamps on three paths dim to a fifth and brighten ahead of a cyclist."
STORY = "The old lamps burned all night. We let them dim and counted the kilowatt hours."


@pytest.fixture
def region(live_site, settings, tmp_path):
    """A verified municipality with its domain, a partner, a moderator and a follower; mails lead to the portal of the test."""
    settings.SITE_URL, settings.MEDIA_ROOT = live_site, str(tmp_path)
    lejre = OrganisationFactory(name="Lejre Kommune", slug="lejre-kommune")
    DomainFactory(organisation=lejre, name="lejre.example")
    partner = OrganisationFactory(name="Glimmer Sensors", slug="glimmer-sensors", type="company")
    ThemeFactory(slug="lighting")
    people = {
        "moderator": UserFactory(name="Mads Moderator", email="mads@portal.example"),
        "follower": UserFactory(name="Frida Follower", email="frida@koge.example"),
        "partner": of(partner, "owner", name="Paula Partner", email="paula@glimmer.example"),
    }
    people["moderator"].groups.add(Group.objects.get(name="Moderators"))
    for person in people.values():
        person.emailaddress_set.create(email=person.email, verified=True, primary=True)
        person.set_password(PASSWORD)
        person.save()
    return live_site


@pytest.fixture
def people(new_page, region):
    """Returns a function that gives the browser page of a person, signed in by the sign-in page when first asked for."""
    pages = {}

    def page_of(address, script):
        if address not in pages:
            page = pages[address] = new_page(java_script_enabled=script)
            page.context.set_default_timeout(60_000)
            page.goto(f"{region}/en/accounts/login/")
            sign_in(page, address)
        return pages[address]

    return page_of


def sign_in(page, address):
    page.get_by_label("E-mail address").fill(address)
    page.locator('input[name="password"]').fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def link_in_mail(address, pattern):
    """The newest mail to an address, as text, and the link in it that fits."""
    found = [one for one in mail.outbox if one.to == [address] and re.search(pattern, one.body)]
    assert found, [(one.to, one.subject) for one in mail.outbox]
    return found[-1], re.search(pattern, found[-1].body).group()


def to(address):
    return [one.subject for one in mail.outbox if one.to == [address]]


def send(page, name="Save and continue"):
    page.locator(".form-actions").get_by_role("button", name=name, exact=True).click()


def on_step(page, title):
    expect(page.locator("form.editor h2").first).to_have_text(title)


def picture():
    made = io.BytesIO()
    Image.new("RGB", (1200, 800), "teal").save(made, "JPEG")
    return {"name": "path.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


# ---- the journey, one stretch a function


def register(page, site):
    page.goto(f"{site}/en/")
    page.locator(".header__tools a.account-link").click()
    page.get_by_role("link", name="Create one").click()
    page.get_by_label("Your name").fill("Marie Holm")
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.locator('input[name="password1"]').fill(PASSWORD)
    page.get_by_label("I accept the terms of use").check()
    page.get_by_role("button", name="Create the account").click()
    expect(page.locator("h1")).to_have_text("Look into your mail")


def confirm(page, site):
    _message, link = link_in_mail(ADDRESS, rf"{re.escape(site)}/en/accounts/confirm-email/\S+")
    page.goto(link)
    page.get_by_role("button", name="Yes, confirm it").click()
    page.goto(f"{site}/en/desk/")
    expect(page.locator("h1")).to_have_text("What waits for you")


def join(page):
    page.get_by_role("link", name="Join: Lejre Kommune").click()
    page.get_by_role("button", name="Join Lejre Kommune").click()
    expect(page.locator(".messages")).to_contain_text("you belong to Lejre Kommune now")


def write_basics(page, site):
    """With one answer missing at first: it is named, and everything else is kept."""
    page.goto(f"{site}/en/desk/")
    page.get_by_role("link", name="Post a project").first.click()
    page.get_by_label("Summary").fill(SUMMARY)
    page.get_by_label("Lighting", exact=True).check()
    if page.locator("select[name=organisation]").input_value() == "":
        page.locator("select[name=organisation]").select_option(label="Lejre Kommune")
    send(page)
    expect(page.locator(".error-summary")).to_contain_text("1 answer needs another look")
    expect(page.get_by_label("Summary")).to_have_value(SUMMARY)
    expect(page.get_by_label("Lighting", exact=True)).to_be_checked()
    page.get_by_label("Title", exact=True).fill(TITLE)
    send(page)
    on_step(page, "Where and when")


def write_where(page, site):
    """The session ends in the middle: the same person signs in, and the form is filled."""
    page.locator("#id_municipalities_add").fill("Lejre")
    page.locator('input[name="phase"][value="demonstration"]').check()
    page.get_by_label("Start").fill("03 2025")
    Session.objects.all().delete()
    send(page)
    expect(page.locator("h1")).to_have_text("Sign in")
    expect(page.locator("main")).to_contain_text("What you typed is kept for an hour")
    sign_in(page, ADDRESS)
    on_step(page, "Where and when")
    expect(page.get_by_label("Start")).to_have_value("03 2025")
    expect(page.locator('input[name="phase"][value="demonstration"]')).to_be_checked()
    expect(page.locator("form.editor")).to_contain_text("Lejre")
    send(page)
    on_step(page, "Partners and money")


def write_partners(page):
    page.locator('input[name="partners-0-name"]').fill("Glimmer Sensors")
    page.locator('select[name="partners-0-role"]').select_option("supplier")
    page.get_by_label("Budget").fill("1.2 mio. DKK")
    send(page)
    on_step(page, "Story and results")


def write_story(page):
    page.locator('textarea[name="story"]').fill(STORY)
    page.locator('input[name="results-0-indicator"]').fill("Energy use")
    page.locator('input[name="results-0-unit"]').fill("MWh a year")
    page.locator("#id_new_file").set_input_files(picture())
    page.locator("#id_new_alt").fill("A dark path with one bright lamp")
    page.get_by_role("button", name="Add the file").click()
    expect(page.locator('img[alt="A dark path with one bright lamp"]')).to_be_visible()
    expect(page.locator('textarea[name="story"]')).to_have_value(STORY)
    send(page)
    on_step(page, "Check and submit")


def submit(page):
    send(page, "Submit for review")
    expect(page.locator("h1")).to_have_text(TITLE)
    assert Project.objects.get().state == "submitted"


def moderate(page, site, button, reason=""):
    page.goto(f"{site}/cms/waiting/")
    row = page.locator("tr", has=page.get_by_role("link", name=TITLE))
    if reason:
        row.locator("summary", has_text=button).click()
        row.locator("details[open] textarea").fill(reason)
        row.locator("details[open]").get_by_role("button", name=button).click()
    else:
        row.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("tr", has=page.get_by_role("link", name=TITLE))).to_have_count(0)


def mend(page, site):
    """The reason stands on the desk and in the mail; the way back into the form is one click."""
    page.goto(f"{site}/en/desk/")
    expect(page.locator("main")).to_contain_text("Say what it saved")
    page.get_by_role("link", name=f"Mend: {TITLE}").click()
    page.get_by_role("button", name="Story and results").click()
    expect(page.locator('input[name="results-0-indicator"]')).to_have_value("Energy use")
    page.locator('input[name="results-0-baseline"]').fill("86.4")
    page.locator('input[name="results-0-actual"]').fill("53.1")
    send(page)
    on_step(page, "Check and submit")
    send(page, "Submit for review")
    expect(page.locator("h1")).to_have_text(TITLE)


def follow_and_ask_for_mail(page, site):
    page.goto(f"{site}/en/organisations/lejre-kommune/")
    page.get_by_role("button", name="Follow", exact=True).click()
    page.goto(f"{site}/en/notifications/settings/")
    page.locator('input[name="followed:mail"]').check()
    page.get_by_role("button", name="Keep these choices").click()


def hear_of_it(page, site):
    page.goto(f"{site}/en/notifications/")
    expect(page.locator("ul.notifications li")).to_have_count(1)
    expect(page.locator("ul.notifications li")).to_contain_text(f"Lejre Kommune has published “{TITLE}”.")
    expect(page.locator("ul.notifications li")).to_contain_text("You get this because you follow Lejre Kommune.")


def decline(page, site):
    page.goto(f"{site}/en/desk/")
    page.get_by_role("link", name=f"Answer: {TITLE}").click()
    page.locator("summary", has_text="Decline").click()
    page.locator(".verb[open] textarea").fill("We only delivered one sample")
    page.locator(".verb[open]").get_by_role("button", name="Decline").click()
    expect(page.locator(".messages")).to_be_visible()


@pytest.fixture(autouse=True)
def patience():
    """Uploads and mails of a busy machine take their time."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_post(new_page, region, people, script):
    marie = new_page(java_script_enabled=script)
    marie.context.set_default_timeout(60_000)
    register(marie, region)
    confirm(marie, region)
    join(marie)
    write_basics(marie, region)
    write_where(marie, region)
    write_partners(marie)
    write_story(marie)
    submit(marie)

    frida = people("frida@koge.example", script)
    follow_and_ask_for_mail(frida, region)
    mads = people("mads@portal.example", script)
    moderate(mads, region, "Return", "Say what it saved")
    returned, _link = link_in_mail(ADDRESS, "Say what it saved")
    mend(marie, region)
    moderate(mads, region, "Publish")
    assert Project.objects.get().state == "published"

    hear_of_it(frida, region)
    told, link = link_in_mail("frida@koge.example", rf"{re.escape(region)}/en/projects/\S+")
    frida.goto(link)
    expect(frida.locator("h1")).to_have_text(TITLE)
    expect(frida.locator("main")).to_contain_text(SUMMARY)
    expect(frida.locator('main img[alt="A dark path with one bright lamp"]').first).to_be_visible()

    paula = people("paula@glimmer.example", script)
    decline(paula, region)
    declined, _link = link_in_mail(ADDRESS, "one sample")
    frida.reload()
    expect(frida.locator("main")).not_to_contain_text("Glimmer Sensors")

    everybody_heard_once([returned, told, declined])


def everybody_heard_once(messages):
    """No mail came twice, every one was in the ledger before, and each notice stops with one click."""
    ids = [one.message()["Message-ID"] for one in mail.outbox]
    assert len(ids) == len(set(ids)) == Delivery.objects.filter(state="sent").count()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    for one in messages:
        headers = email.message_from_bytes(one.message().as_bytes(), policy=email.policy.default)
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert urlsplit(headers["List-Unsubscribe"].strip(" <>")).path.startswith("/en/notifications/stop/")
    assert to("frida@koge.example").count(f"Lejre Kommune has published “{TITLE}”") == 1

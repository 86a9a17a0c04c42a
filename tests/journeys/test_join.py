"""Journey 3: a group is founded and published, somebody is invited by mail, somebody asks and is taken in, and leaves again.

With and without a script, by what stands on the pages and in the mail that arrived.
"""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from tests.conftest import of
from tests.factories import OrganisationFactory, UserFactory
from tests.support.axe import sideways, violations
from workinggroups.models import WorkingGroup

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "laid-again-elsewhere-9"
CHAIR, INVITED, ASKING = "carla@lejre.example", "ivar@glimmer.example", "asta@koge.example"


@pytest.fixture
def site(live_site, settings):
    settings.SITE_URL = live_site
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
    """Returns a function that gives the browser page of a person, signed in by the sign-in page when first asked for."""
    pages = {}

    def page_of(address):
        if address not in pages:
            page = pages[address] = new_page(java_script_enabled=request.param)
            page.context.set_default_timeout(60_000)
            page.goto(f"{site}/en/accounts/login/")
            page.get_by_label("E-mail address").fill(address)
            page.locator('input[name="password"]').fill(PASSWORD)
            page.get_by_role("button", name="Sign in", exact=True).click()
        return pages[address]

    page_of.script = request.param
    return page_of


def test_found_invite_ask_accept_leave(people, site):
    found_a_group(people(CHAIR), site)
    accept_the_invitation(people(CHAIR), people(INVITED), site)
    ask_and_be_taken_in(people(CHAIR), people(ASKING), site)
    group = WorkingGroup.objects.get()
    members = {row.user.name: row.role for row in group.memberships.select_related("user")}
    assert members == {"Carla Chair": "chair", "Ivar Invited": "observer", "Asta Asks": "member"}
    if people.script:
        look_at_the_pages(people(CHAIR), site)
    leave(people(ASKING), site)
    assert group.memberships.count() == 2


def found_a_group(page, site):
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


def accept_the_invitation(chair, invited, site):
    chair.goto(f"{site}/en/working-groups/quiet-streets/members/")
    form = chair.locator("#invite")
    form.get_by_label("E-mail address").fill(INVITED)
    form.get_by_label("Observer: reads").check()
    form.get_by_label("A few words of yours").fill("You know the meters.")
    form.get_by_role("button", name="Send the invitation").click()
    expect(chair.get_by_text(f"An invitation is on its way to {INVITED}.")).to_be_visible()
    [letter] = [one for one in mail.outbox if one.to == [INVITED]]
    assert "You know the meters." in letter.body
    invited.goto(re.search(r"http\S+/invitations/\S+", letter.body).group())
    invited.get_by_role("button", name="Accept").click()
    expect(invited.get_by_text("Welcome: you belong to Quiet streets now.")).to_be_visible()


def ask_and_be_taken_in(chair, asking, site):
    asking.goto(f"{site}/en/working-groups/?q=noise")
    asking.get_by_role("link", name="Quiet streets").click()
    asking.get_by_role("link", name="Ask to join").click()
    asking.get_by_label("A note to the chairs").fill("We count cars at night.")
    asking.get_by_role("button", name="Send the request").click()
    expect(asking.get_by_text("You have asked to join")).to_be_visible()
    chair.goto(f"{site}/en/desk/")
    chair.get_by_role("link", name="Asta Asks asks to join Quiet streets").first.click()
    expect(chair.get_by_text("We count cars at night.")).to_be_visible()
    chair.get_by_label("Answer").fill("Welcome!")
    chair.get_by_role("button", name="Accept").click()
    expect(chair.get_by_text("The request of Asta Asks is accepted.")).to_be_visible()


def leave(page, site):
    page.goto(f"{site}/en/working-groups/quiet-streets/")
    page.get_by_role("button", name="Leave the group").click()
    expect(page.get_by_text("You have left Quiet streets.")).to_be_visible()


def look_at_the_pages(page, site):
    """Each page of the chair is accessible, and no wider than a telephone."""
    for path in (
        "",
        "mine/",
        "new/",
        *(f"quiet-streets/{part}" for part in ("", "members/", "edit/", "announce/", "announcements/", "close/")),
    ):
        page.set_viewport_size({"width": 360, "height": 800})
        page.goto(f"{site}/en/working-groups/{path}")
        assert (path, violations(page), sideways(page)) == (path, [], 0)

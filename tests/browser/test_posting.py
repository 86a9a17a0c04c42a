"""Writing a project in Chromium: saved while typing, offered while typing, two at once; and all of it without a script."""

import pytest
from django.test import Client

from projects.models import Project
from tests.factories import MembershipFactory, OrganisationFactory, ProjectFactory, UserFactory
from tests.factories.projects import full_project
from tests.support.axe import sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town():
    return OrganisationFactory(name="Køge Kommune")


def sign_in(page, user, site):
    client = Client()
    client.force_login(user)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    return page


def writer(town, name="Karen"):
    user = UserFactory(name=name)
    MembershipFactory(user=user, organisation=town, role="editor")
    return user


@pytest.fixture
def draft(town):
    return ProjectFactory(organisation=town, state="draft", text__title="Lamps")


@pytest.fixture
def karen(page, town, live_site):
    return sign_in(page, writer(town), live_site)


def status(page):
    return page.locator("[data-status]")


def test_five_steps_from_nothing_to_published(karen, live_site, town):
    page = karen
    page.goto(f"{live_site}/en/projects/new/")
    page.get_by_label("Title").fill("Rain beds in the street")
    page.get_by_label("Summary").fill("Twelve beds take the rain of a block.")
    page.get_by_label("Water and climate adaptation").check()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Municipalities").press_sequentially("kø")
    page.get_by_role("option", name="Køge").click()
    page.get_by_label("Demonstration").check()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Story").first.fill("It rained.")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url("**/projects/rain-beds-in-the-street/")
    assert Project.objects.get().state == "published"


def test_it_is_saved_while_typing(karen, live_site, draft):
    karen.goto(f"{live_site}/en/projects/{draft.slug}/edit/story/")
    karen.get_by_label("Story").first.fill("It rained on Monday.")
    status(karen).get_by_text("Draft saved").wait_for()
    assert draft.texts.get().story == "It rained on Monday."


def test_a_bad_connection_loses_nothing(karen, live_site, draft):
    karen.goto(f"{live_site}/en/projects/{draft.slug}/edit/story/")
    karen.route("**/save/", lambda route: route.abort())
    karen.get_by_label("Story").first.fill("Typed in a tunnel.")
    status(karen).get_by_text("No connection").wait_for()
    karen.unroute("**/save/")
    status(karen).get_by_text("Draft saved").wait_for()
    assert draft.texts.get().story == "Typed in a tunnel."


def test_what_never_reached_the_portal_is_offered_again(karen, live_site, draft):
    address = f"{live_site}/en/projects/{draft.slug}/edit/story/"
    karen.goto(address)
    karen.route("**/save/", lambda route: route.abort())
    karen.get_by_label("Story").first.fill("Typed in a tunnel.")
    status(karen).get_by_text("No connection").wait_for()
    karen.on("dialog", lambda dialog: dialog.accept())
    karen.goto(address)
    karen.get_by_role("button", name="Put it back").click()
    assert karen.get_by_label("Story").first.input_value() == "Typed in a tunnel."


def test_signed_out_meanwhile_it_is_said_and_kept(karen, live_site, draft):
    karen.goto(f"{live_site}/en/projects/{draft.slug}/edit/story/")
    karen.context.clear_cookies(name="sessionid")
    karen.get_by_label("Story").first.fill("Typed too late.")
    status(karen).get_by_text("You were signed out").wait_for()
    assert "/accounts/login/" in status(karen).get_by_role("link", name="sign in again").get_attribute("href")


def test_an_organisation_is_chosen_with_the_keyboard(karen, live_site, draft):
    known = OrganisationFactory(name="Energi Øst")
    karen.goto(f"{live_site}/en/projects/{draft.slug}/edit/partners/")
    name = karen.get_by_label("Organisation or name")
    name.press_sequentially("energi")
    karen.get_by_role("option", name="Energi Øst").wait_for()
    name.press("ArrowDown")
    name.press("Enter")
    karen.get_by_role("button", name="Save and continue").click()
    karen.wait_for_url("**/edit/story/")
    assert draft.partners.get().organisation == known


def test_rows_come_and_go_without_a_trip_to_the_server(karen, live_site, draft):
    karen.goto(f"{live_site}/en/projects/{draft.slug}/edit/story/")
    results = karen.locator("#results-set")
    results.get_by_role("button", name="Add a result").click()
    assert karen.evaluate("document.activeElement.name") == "results-1-indicator"
    results.get_by_label("What was measured").nth(1).fill("Energy use")
    results.get_by_role("button", name="Remove").first.click()
    karen.get_by_role("button", name="Save and continue").click()
    karen.wait_for_url("**/edit/check/")
    assert [result.indicator for result in draft.results.all()] == ["Energy use"]


def test_two_at_once_see_both_and_choose(karen, new_page, live_site, draft, town):
    jonas = sign_in(new_page(), writer(town, "Jonas"), live_site)
    address = f"{live_site}/en/projects/{draft.slug}/edit/"
    karen.goto(address)
    jonas.goto(address)
    jonas.get_by_text("Karen has this project open, too.").wait_for()
    karen.get_by_label("Title").fill("Karen's title")
    karen.get_by_role("button", name="Save and continue").click()
    karen.wait_for_url("**/edit/where/")
    jonas.get_by_label("Title").fill("Jonas' title")
    jonas.get_by_role("button", name="Save and continue").click()
    jonas.get_by_label("What stands there now").check()
    assert violations(jonas) == []
    jonas.get_by_role("button", name="Save what I chose").click()
    jonas.wait_for_url("**/edit/where/")
    assert draft.texts.get().title == "Karen's title"


def test_the_tool_bar_writes_markdown(karen, live_site, draft):
    karen.goto(f"{live_site}/en/projects/{draft.slug}/edit/story/")
    story = karen.get_by_label("Story").first
    story.fill("rain")
    story.select_text()
    karen.get_by_role("button", name="Bold").first.click()
    assert story.input_value() == "**rain**"


def test_all_of_it_without_a_script(new_page, live_site, town):
    page = sign_in(new_page(java_script_enabled=False), writer(town), live_site)
    page.goto(f"{live_site}/en/projects/new/")
    page.get_by_label("Title").fill("Rain beds in the street")
    page.get_by_label("Summary").fill("Twelve beds take the rain of a block.")
    page.get_by_label("Water and climate adaptation").check()
    page.get_by_role("button", name="Save and continue").last.click()
    page.get_by_label("Municipalities").fill("Køge, Malmö")
    page.get_by_label("Demonstration").check()
    page.get_by_label("End", exact=False).last.fill("soon")
    page.get_by_role("button", name="Save and continue").last.click()
    page.get_by_role("link", name="“soon” is not a month or a day").wait_for()
    page.get_by_label("End", exact=False).last.fill("2027")
    page.get_by_role("button", name="4. Story and results").or_(page.get_by_role("button", name="Story and results")).first.click()
    page.get_by_role("button", name="Add a link").click()
    page.get_by_label("Address").fill("https://example.org/")
    page.get_by_role("button", name="Save and continue").last.click()
    page.get_by_role("button", name="Publish").click()
    project = Project.objects.get()
    assert (project.state, str(project.end_date), project.links.count()) == ("published", "2027-12-31", 1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "word", ["edit/", "edit/where/", "edit/partners/", "edit/story/", "edit/check/", "preview/", "versions/", "versions/1/"]
)
def test_axe_finds_nothing_on_a_small_screen(new_page, live_site, town, scheme, word):
    page = sign_in(new_page(color_scheme=scheme, viewport={"width": 360, "height": 800}), writer(town), live_site)
    project = full_project(organisation=town, state="draft")
    page.goto(f"{live_site}/en/projects/{project.slug}/edit/")
    page.get_by_label("Title").fill("Another title")
    page.get_by_role("button", name="Save and close").click()
    page.goto(f"{live_site}/en/projects/{project.slug}/{word}")
    assert (violations(page), sideways(page)) == ([], 0)

"""The map in a real browser: with and without script, by keyboard, in both schemes, on a phone."""

import re

import pytest
from playwright.sync_api import expect

from taxonomy.boundaries import Outline, store_outlines
from taxonomy.models import Municipality
from tests.factories import ProjectFactory, ThemeFactory
from tests.support.axe import sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MAP = "/en/projects/map/"


@pytest.fixture
def towns(live_site):
    """Thirty projects in Køge and Lund, energy in the one, water in the other; one of them in both."""
    koge, lund = Municipality.objects.get(slug="koge"), Municipality.objects.get(slug="lund")
    energy, water = ThemeFactory(slug="energy"), ThemeFactory(slug="water")
    for number in range(12):
        ProjectFactory(municipalities=[koge], themes=[energy], text__title=f"Warm house {number}")
    for number in range(17):
        ProjectFactory(municipalities=[lund], themes=[water], text__title=f"Dry cellar {number}")
    ProjectFactory(municipalities=[koge, lund], themes=[water], text__title="Two towns")
    return live_site


@pytest.fixture
def opened(new_page, towns):
    """Returns a function that opens the map and waits until the land is drawn."""

    def open_map(query="", language="en", **options):
        page = new_page(**options)
        page.goto(f"{towns}/{language}/projects/map/{query}")
        expect(page.locator("[data-map=ready]")).to_be_visible()
        return page

    return open_map


def test_each_municipality_has_its_number(opened):
    page = opened()
    bubbles = page.locator(".map__bubble")
    assert [bubble.get_attribute("aria-label") for bubble in bubbles.all()] == ["Lund: 18 projects", "Køge: 13 projects"]
    assert [bubble.inner_text() for bubble in bubbles.all()] == ["18", "13"]
    expect(page.locator(".tile-map")).to_be_hidden()


def test_a_number_leads_to_the_projects_of_its_municipality(opened):
    page = opened("?theme=energy&theme=water")
    page.get_by_role("link", name="Køge: 13 projects").click()
    expect(page).to_have_url(re.compile(r"/en/projects/map/\?theme=energy&theme=water&municipality=koge$"))
    expect(page.locator(".map__dot")).to_have_count(13)
    expect(page.locator(".map__list > li")).to_have_count(13)


def test_numbers_of_pins_are_those_of_the_list(opened):
    page = opened("?municipality=koge")
    first = page.locator(".map__list > li").first
    title = first.locator("a").inner_text()
    pin = page.locator(f'.map__dot[data-key="{first.get_attribute("data-key")}"]')
    assert (pin.inner_text(), pin.get_attribute("aria-label")) == ("1", f"1. {title}, Køge")


def test_pins_do_not_cover_each_other(opened):
    page = opened("?municipality=koge")
    boxes = [pin.bounding_box() for pin in page.locator(".map__dot").all()]
    centres = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
    apart = [abs(a - c) + abs(b - d) for i, (a, b) in enumerate(centres) for c, d in centres[:i]]
    assert min(apart) >= 24


def test_what_is_pointed_at_in_the_list_stands_out_on_the_map(opened):
    page = opened()
    page.locator(".map__list > li", has_text="Lund").hover()
    expect(page.locator(".map__bubble.is-current")).to_have_text("18")
    expect(page.locator(".leaflet-tooltip")).to_have_text("Lund: 18 projects")


def test_what_is_reached_by_keyboard_stands_out_in_the_list(opened):
    page = opened("?municipality=lund")
    page.locator(".map__dot").last.focus()
    row = page.locator(".map__list > li.is-current")
    assert row.get_attribute("data-key") == page.locator(".map__dot").last.get_attribute("data-key")
    expect(row).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/projects/project-under-test-\d+/$"))


def test_the_map_can_be_skipped(opened):
    page = opened()
    page.locator(".map__skip").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".map__list a").first).to_be_focused()


def test_coming_close_shows_single_projects_and_going_back_the_numbers(opened):
    page = opened()
    page.locator(".map__bubble").first.focus()
    for _ in range(3):
        page.locator("[data-zoom-in]").click()
        page.wait_for_timeout(400)
    expect(page.locator(".map__dot").first).to_be_visible()
    expect(page.locator(".map__list > li[data-number]").first).to_be_visible()
    page.locator("[data-zoom-all]").click()
    expect(page.locator(".map__bubble")).to_have_count(2)
    expect(page.locator(".map__list > li")).to_have_count(2)


def test_a_finger_sees_first_what_it_opens(opened):
    page = opened("?municipality=koge", has_touch=True, viewport={"width": 360, "height": 800})
    pin = page.locator(".map__dot").first
    pin.tap()
    expect(page.locator(".leaflet-tooltip")).to_be_visible()
    expect(page).to_have_url(re.compile("municipality=koge$"))
    pin.tap()
    expect(page).to_have_url(re.compile(r"/en/projects/project-under-test-\d+/$"))


def test_boundaries_of_the_operator_are_drawn(opened, towns):
    koge = Municipality.objects.get(slug="koge")
    ring = [(11.98, 55.36), (12.25, 55.36), (12.25, 55.55), (11.98, 55.55), (11.98, 55.36)]
    store_outlines([Outline(koge, [[ring]])], "Geodata", 2024)
    page = opened("?municipality=koge")
    expect(page.locator(".map__boundary--chosen")).to_have_count(1)
    expect(page.locator(".map__note")).to_have_text("Land: Natural Earth. Boundaries: Geodata 2024")


@pytest.mark.parametrize("query", ["", "?municipality=koge"], ids=["numbers", "single projects"])
def test_the_map_is_accessible_and_fits(opened, query):
    page = opened(query)
    for width in (360, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert (width, scheme, violations(page), sideways(page)) == (width, scheme, [], 0)


# ---- without script


def test_without_script_tiles_lead_to_the_projects(new_page, towns):
    page = new_page(java_script_enabled=False)
    page.goto(f"{towns}/da/projects/map/?theme=energy")
    expect(page.locator(".map__tools")).to_be_hidden()
    page.locator('.tile[data-place="koge"]').click()
    expect(page).to_have_url(f"{towns}/da/projects/map/?theme=energy&municipality=koge")
    expect(page.locator(".map__list > li")).to_have_count(12)


@pytest.mark.parametrize("width", [360, 1440])
def test_tiles_can_be_hit(new_page, towns, width):
    page = new_page(java_script_enabled=False, viewport={"width": width, "height": 900})
    page.goto(towns + MAP)
    box = page.locator('.tile[data-place="koge"]').bounding_box()
    assert min(box["width"], box["height"]) >= 24


def test_when_the_script_does_not_arrive_the_tiles_stay(new_page, towns):
    page = new_page()
    page.route("**/leaflet.js", lambda route: route.abort())
    page.goto(towns + MAP)
    expect(page.locator(".tile-map")).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []


def test_when_the_numbers_do_not_arrive_the_tiles_stay_and_it_is_said(new_page, towns):
    page = new_page()
    page.route("**/map/data/**", lambda route: route.fulfill(status=503, body=""))
    page.goto(towns + MAP)
    expect(page.get_by_text("The map cannot be loaded. The list is complete.")).to_be_visible()
    expect(page.locator(".tile-map")).to_be_visible()

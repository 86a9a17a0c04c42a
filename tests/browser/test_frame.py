"""The frame in a real browser: readable in both schemes, at every width, without a script."""

import pytest

from tests.support.axe import sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATHS = ["/styleguide/", "/en/accounts/login/", *(f"/styleguide/{status}/" for status in (400, 403, 404, 500))]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_parts_are_accessible_and_fit(new_page, live_site, width, scheme):
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    for path in PATHS:
        page.goto(live_site + path)
        assert (path, violations(page), sideways(page)) == (path, [], 0)


def test_forced_colours_keep_what_a_tile_says(new_page, live_site):
    page = new_page(forced_colors="active")
    page.goto(live_site + "/styleguide/")
    shown = "getComputedStyle(document.querySelector('.phase__steps i[data-on]')).backgroundColor"
    assert page.evaluate(shown) == "rgb(0, 0, 0)"


def test_the_skip_link_leads_to_the_content(page, live_site):
    page.goto(live_site + "/en/accounts/login/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_reading_begins_at_what_needs_another_look(page, live_site):
    page.goto(live_site + "/styleguide/")
    assert page.evaluate("document.activeElement.className") == "error-summary"


def test_the_menu_opens_without_a_script(new_page, live_site):
    page = new_page(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page.goto(live_site + "/da/accounts/login/")
    page.locator(".menu > summary").click()
    page.locator(".menu__panel").get_by_label("SV, svenska").click()
    assert page.url == live_site + "/sv/accounts/login/"


def test_pages_are_printed_light(page, live_site):
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(live_site + "/styleguide/")
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()") == "#fff"
    assert not page.locator(".header").is_visible()


def test_nothing_moves_when_motion_is_reduced(new_page, live_site):
    page = new_page(reduced_motion="reduce")
    page.goto(live_site + "/styleguide/")
    assert page.evaluate("getComputedStyle(document.querySelector('.button')).transitionDuration") in ("0s", "")

"""The catalogue in Chromium: filtered at once with a script, by its button without one."""

import pytest

from projects import counts
from tests.factories import ProjectFactory, ThemeFactory
from tests.support.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def catalogue(live_site):
    """Two projects: one about energy, one about water."""
    counts.cache.clear()
    ProjectFactory(text__title="Warm water from the sewer", themes=[ThemeFactory(slug="energy")])
    ProjectFactory(text__title="Rain beds in the street", themes=[ThemeFactory(slug="water")])
    return f"{live_site}/en/projects/"


def titles(page):
    return page.locator(".card__title a").all_inner_texts()


def test_a_choice_is_shown_at_once_with_an_address_of_its_own(page, catalogue):
    page.goto(catalogue)
    page.get_by_label("Energy").check()
    page.wait_for_url("**/projects/?theme=energy")
    assert titles(page) == ["Warm water from the sewer"]
    assert page.get_by_role("button", name="Show projects").count() == 0
    page.go_back()
    page.wait_for_url(catalogue)
    page.get_by_text("Rain beds in the street").wait_for()


def test_what_was_folded_open_stays_open_and_focus_stays(page, catalogue):
    page.goto(catalogue)
    page.get_by_text("Country", exact=True).click()
    page.get_by_label("Energy").check()
    page.wait_for_url("**/projects/?theme=energy")
    assert page.locator("#facet-country").evaluate("fold => fold.open")
    assert page.evaluate("document.activeElement.id") == "theme-energy"


def test_words_are_searched_for_while_typing(page, catalogue):
    page.goto(catalogue)
    page.get_by_label("Words in projects").press_sequentially("rain")
    page.wait_for_url("**/projects/?q=rain")
    assert titles(page) == ["Rain beds in the street"]
    assert page.locator("#filter-q").input_value() == "rain"


def test_the_same_without_a_script(new_page, catalogue):
    page = new_page(java_script_enabled=False)
    page.goto(catalogue)
    page.get_by_label("Energy").check()
    page.get_by_role("button", name="Show projects").click()
    assert titles(page) == ["Warm water from the sewer"]
    page.get_by_role("link", name="Remove Theme Energy").click()
    assert len(titles(page)) == 2


@pytest.mark.parametrize("query", ["", "?theme=energy&q=water", "?q=nothing+at+all"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(new_page, catalogue, query, scheme):
    page = new_page(color_scheme=scheme, viewport={"width": 360, "height": 800})
    page.goto(catalogue + query)
    page.get_by_text("Filter", exact=False).first.click()
    assert violations(page) == []

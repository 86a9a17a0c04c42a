"""Every type of page in a real browser: accessible in both schemes, as wide as the window, nothing from elsewhere.

`new_page` adds that no page asks another site, breaks the policy or fails in a script. One walk visits all types, so that the
demo region is cloned once for a walk.
"""

import pytest

from tests.support.axe import sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PROJECT = "projects/heat-from-the-sewer-for-flats-by-the-harbour/"
PAGES = {
    "home": "",
    "catalogue": "projects/",
    "catalogue, filtered": "projects/?theme=energy&phase=operation&more=municipality&q=heat",
    "catalogue, nothing found": "projects/?q=zzzzzz",
    "map": "projects/map/",
    "map of a municipality": "projects/map/?municipality=malmo",
    "project": PROJECT,
    "project, stopped": "projects/a-village-battery-that-became-a-very-good-emergency-light/",
    "themes": "themes/",
    "theme": "themes/energy/",
    "municipalities": "municipalities/",
    "municipality": "municipalities/koge/",
    "organisations": "organisations/",
    "organisation": "organisations/malmo-stad/",
    "search": "search/?q=heat",
    "search, nothing found": "search/?q=zzzzzz",
    "news": "guides/",
    "article": "guides/sensors-and-personal-data/",
    "standard page": "about/",
    "sign in": "accounts/login/",
    "reset a password": "accounts/password/reset/",
    "not found": "nothing-here/",
}


def addresses(site, language):
    return {name: f"{site}/{language}/{path}" for name, path in PAGES.items()}


@pytest.mark.parametrize(
    ("scheme", "width", "language"), [("light", 1440, "en"), ("dark", 360, "da"), ("light", 768, "sv"), ("dark", 1440, "sv")]
)
def test_every_type_of_page_is_accessible_and_fits(new_page, demo_site, scheme, width, language):
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    found = {}
    for name, address in addresses(demo_site, language).items():
        page.goto(address)
        found[name] = (violations(page), sideways(page))
    assert {name: seen for name, seen in found.items() if seen != ([], 0)} == {}


@pytest.mark.parametrize(("width", "language"), [(360, "da"), (768, "sv"), (1440, "en")])
def test_no_page_scrolls_sideways_without_a_script(new_page, demo_site, width, language):
    page = new_page(viewport={"width": width, "height": 900}, java_script_enabled=False)
    wide = {}
    for name, address in addresses(demo_site, language).items():
        page.goto(address)
        wide[name] = sideways(page)
    assert {name: by for name, by in wide.items() if by} == {}


def test_every_type_of_page_has_one_heading_and_a_title_of_its_own(new_page, demo_site):
    page = new_page(java_script_enabled=False)
    titles = {}
    for name, address in addresses(demo_site, "en").items():
        page.goto(address)
        assert (name, page.locator("h1").count()) == (name, 1)
        titles[name] = page.title()
    alike = [name for name in titles if list(titles.values()).count(titles[name]) > 1]
    assert alike == []

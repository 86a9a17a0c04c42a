"""Editorial pages and the search in a real browser."""

import pytest

from taxonomy.models import Theme
from tests.factories import ProjectFactory
from tests.factories.editorial import make_article, make_news, make_page
from tests.support.axe import sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BODY = [
    ("heading", {"text": "What it costs"}),
    ("paragraph", "<p>Text with a <a href='https://example.org'>link</a>.</p><ul><li>one</li></ul>"),
    ("checklist", ["<p>First</p>", "<p>Second</p>"]),
    ("callout", {"kind": "warning", "title": "Mind this", "text": "<p>Six weeks.</p>"}),
    ("quote", {"text": "We began with the method.", "who": "A municipality"}),
]
PATHS = [
    "/en/", "/da/guides/", "/sv/guides/buy/", "/en/about/", "/en/themes/", "/da/themes/energy/", "/sv/municipalities/",
    "/en/municipalities/koge/", "/en/search/", "/en/search/?q=energy", "/da/search/?q=qqqqzzzz",
]  # fmt: skip


@pytest.fixture
def pages(live_site):
    energy = Theme.objects.get(slug="energy")
    ProjectFactory(text__title="Energy from the harbour", themes=[energy])
    make_article(make_news("en", slug="guides"), themes=[energy], title="How to buy", slug="buy", body=BODY)
    make_page("en", title="About us", slug="about", body=BODY)
    return live_site


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 768), ("light", 1440), ("dark", 360)])
def test_pages_are_accessible_and_fit(new_page, pages, scheme, width):
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    for path in PATHS:
        page.goto(pages + path)
        assert (path, violations(page), sideways(page)) == (path, [], 0)


def test_the_language_switch_stays_on_the_page_without_a_script(new_page, pages):
    page = new_page(java_script_enabled=False)
    page.goto(pages + "/en/guides/buy/")
    for name, code in (("DA, dansk", "da"), ("SV, svenska", "sv"), ("EN, English", "en")):
        page.locator(".header__tools").get_by_label(name).click()
        assert (page.url, page.locator("h1").inner_text()) == (f"{pages}/{code}/guides/buy/", "How to buy")


def test_a_search_leads_to_a_project(page, pages):
    page.goto(pages + "/en/")
    page.locator("#home-q").fill("harbour")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Energy from the harbour").click()
    assert page.locator("h1").inner_text() == "Energy from the harbour"

"""Journey 1: home, catalogue, three filters, map, project, similar project, its organisation, the feed of its projects.

In every language, with and without a script, by what stands on the page: links and buttons, no address typed but the first.
"""

import re
from urllib.parse import urljoin

import feedparser
import pytest
from playwright.sync_api import expect

from projects.models import Project

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Three filters in the order a visitor chooses them, and what the demo content has for all of them.
CHOSEN = [("municipality", "malmo"), ("theme", "energy"), ("phase", "demonstration")]
LOCALES = {"en": "en-GB", "da": "da-DK", "sv": "sv-SE"}
LISTED = {"en": "1 project", "da": "1 projekt", "sv": "1 projekt"}


@pytest.fixture
def visitor(new_page, demo_site):
    """Returns a function that opens the portal's first address in a browser of somebody who reads that language."""

    def arrive(language, script):
        page = new_page(locale=LOCALES[language], java_script_enabled=script)
        page.goto(demo_site + "/")
        expect(page).to_have_url(f"{demo_site}/{language}/")
        return page

    return arrive


def follow(page, selector):
    """Click the first link that fits and wait for the page behind it."""
    link = page.locator(selector).first
    address = link.get_attribute("href")
    link.click()
    expect(page).to_have_url(re.compile(re.escape(address) + "$"))
    assert page.locator("h1").count() == 1


def choose(page, facet, value, script):
    """Tick one value of a filter; without a script, send the form."""
    if not page.locator(f"#facet-{facet}[open]").count():
        page.locator(f"#facet-{facet} > summary").click()
    page.locator(f'#facet-{facet} input[value="{value}"]').check()
    if not script:
        page.locator("#filter button[data-without-script]").click()
    expect(page).to_have_url(re.compile(rf"[?&]{facet}={value}(&|$)"))


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("language", ["en", "da", "sv"])
def test_browse(visitor, language, script):
    page = visitor(language, script)
    follow(page, f'.header__nav a[href="/{language}/projects/"]')
    for number, (facet, value) in enumerate(CHOSEN, start=1):
        choose(page, facet, value, script)
        expect(page.locator(".chip__field")).to_have_count(number)
    expect(page.locator(".card")).to_have_count(1)
    title = page.locator(".card__title a").inner_text()

    follow(page, f'.toggle a[href^="/{language}/projects/map/"]')
    expect(page.locator(".map__sentence")).to_have_text(LISTED[language])
    expect(page.locator(".map__dot" if script else ".tile--chosen")).to_have_count(1)
    follow(page, ".map__list a")
    assert page.locator("h1").inner_text().split() == title.split()

    follow(page, '[aria-labelledby="similar"] .card__title a')
    similar = page.url.rstrip("/").rpartition("/")[2]
    organisation = Project.objects.get(slug=similar).organisation
    follow(page, f'.facts a[href="/{language}/organisations/{organisation.slug}/"]')
    assert page.locator("h1").inner_text() == organisation.name

    follow(page, f'a[href="/{language}/projects/?organisation={organisation.slug}"]')
    address = page.locator('head link[type="application/atom+xml"]').get_attribute("href")
    feed = feedparser.parse(page.request.get(urljoin(page.url, address)).text())
    links = [entry.link for entry in feed.entries]
    assert not feed.bozo
    assert [link for link in links if link.endswith(f"/{language}/projects/{similar}/")] != []


@pytest.mark.parametrize("language", ["en", "da", "sv"])
def test_the_switch_of_languages_keeps_the_page(visitor, language):
    page = visitor("en", False)
    follow(page, '.header__nav a[href="/en/projects/"]')
    follow(page, ".card__title a")
    path = page.url.partition("/en/")[2]
    page.locator(f'.header__tools a[hreflang="{language}"]').click()
    expect(page).to_have_url(re.compile(f"/{language}/{path}$"))
    assert page.locator("html").get_attribute("lang") == language

"""An editorial page in a language it was not translated into: shown with a badge, never home, never 404."""

import pytest
from bs4 import BeautifulSoup

from tests.factories.editorial import make_page

pytestmark = pytest.mark.django_db


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def switch(page):
    return {link["hreflang"]: link["href"] for link in page.select(".header__tools .languages a")}


@pytest.mark.parametrize(("accept", "expected"), [("da", "/da/"), ("sv-SE,en;q=0.5", "/sv/"), ("fr", "/en/"), ("", "/en/")])
def test_the_bare_address_leads_to_the_readers_language(client, accept, expected):
    response = client.get("/", headers={"accept-language": accept})
    assert (response.status_code, response["Location"]) == (302, expected)


def test_the_switch_leads_to_the_translation(client):
    about = make_page("en", slug="about")
    make_page("da", slug="om", translation_of=about)
    assert switch(read(client, "/en/about/")) == {"en": "/en/about/", "da": "/da/om/", "sv": "/sv/about/"}


def test_without_a_translation_the_page_shows_itself_with_a_badge(client):
    make_page("en", slug="about", title="About us")
    page = read(client, "/sv/about/")
    assert (page.html["lang"], page.article["lang"], page.h1.text) == ("sv", "en", "About us")
    assert page.select_one(".lang-badge").text == "en"
    assert page.select_one("link[rel=canonical]")["href"] == "http://testserver/en/about/"
    assert [link["hreflang"] for link in page.select("link[rel=alternate][hreflang]")] == ["en", "x-default"]


def test_a_page_in_its_own_language_has_no_badge(client):
    make_page("en", slug="about")
    page = read(client, "/en/about/")
    assert (page.select(".lang-badge"), page.article.get("lang")) == ([], None)


def test_an_address_of_another_language_leads_to_the_translation(client):
    about = make_page("en", slug="about")
    make_page("da", slug="om", translation_of=about)
    response = client.get("/da/about/")
    assert (response.status_code, response["Location"]) == (302, "/da/om/")


def test_a_stranger_at_the_same_address_does_not_take_its_place(client):
    make_page("en", slug="about", title="About us")
    make_page("da", slug="about", title="Helt andet")
    assert read(client, "/da/about/").h1.text == "Helt andet"
    assert switch(read(client, "/en/about/"))["da"] == "/da/about/?of=en"
    assert read(client, "/da/about/?of=en").h1.text == "About us"


def test_a_page_below_a_page_keeps_its_trail(client):
    guide = make_page("en", slug="guide", title="Guide")
    make_page(parent=guide, slug="step", title="Step")
    trail = read(client, "/da/guide/step/").select(".breadcrumbs li")
    assert [item.a["href"] for item in trail[:-1]] == ["/da/", "/da/guide/"]


def test_a_draft_is_found_in_no_language(client):
    make_page("en", slug="about", live=False)
    assert [client.get(f"/{code}/about/").status_code for code in ("en", "da", "sv")] == [404, 404, 404]


@pytest.mark.parametrize("of", ["xx", "da%00", "../", "en&of=da"])
def test_odd_languages_in_the_address_are_ignored(client, of):
    make_page("en", slug="about")
    assert client.get(f"/en/about/?of={of}").status_code == 200


def test_however_deep_a_page_lies_it_costs_the_same(count_queries):
    first = make_page("en", slug="a")
    second = make_page(parent=first, slug="b")
    make_page(parent=second, slug="c")
    count_queries("/en/a/")
    assert count_queries("/en/a/b/c/") == count_queries("/en/a/b/")
    assert count_queries("/en/a/b/c/") <= 6

"""The home page: sections that editors arrange over live lists."""

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache

from taxonomy.models import Municipality, Theme
from tests.factories import ProjectFactory
from tests.factories.editorial import home, make_article, make_news

pytestmark = pytest.mark.django_db


def read(client, address="/en/"):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def everywhere(**fields):
    return ProjectFactory(themes=[Theme.objects.get(slug="energy")], municipalities=[Municipality.objects.get(slug="koge")], **fields)


def test_a_new_portal_has_a_home_page_in_every_language(client):
    assert [read(client, f"/{code}/").html["lang"] for code in ("en", "da", "sv")] == ["en", "da", "sv"]


def test_sections_stand_in_the_order_editors_gave_them(client):
    page = home()
    page.sections = [("call", {"title": "Second", "text": "x"}), ("contact", {"title": "Third"})]
    page.sections.insert(0, ("hero", {"title": "First", "lead": "x"}))
    page.save()
    assert [heading.text for heading in read(client).select("main h1, main h2")] == ["First", "Second", "Third"]


def test_the_newest_projects_and_the_numbers_are_live(client):
    everywhere(text__title="Heat")
    everywhere(text__title="Draft", state="draft")
    page = read(client)
    assert [link.text for link in page.select("#latest ~ a, .card__title a")][-1] == "Heat"
    assert page.select_one(".facts--row dd").text == "1"


def test_tiles_lead_to_their_municipality(client):
    everywhere()
    assert read(client).select_one("a.tile")["href"] == "/en/municipalities/koge/"


def test_the_home_page_costs_the_same_with_one_and_thirty(same_queries):
    news, theme = make_news("en"), Theme.objects.get(slug="water")

    def add():
        everywhere()
        make_article(news, themes=[theme])

    assert same_queries("/en/", add) <= 12


def test_with_cold_caches_it_stays_within_the_budget(client, count_queries):
    everywhere()
    make_article(make_news("en"), themes=[Theme.objects.get(slug="water")])
    cache.clear()
    assert count_queries("/en/") <= 12


def test_counts_of_the_signed_out_may_be_a_minute_old_and_those_of_members_not(client, stranger):
    read(client)
    everywhere()
    assert read(client).select_one(".facts--row dd") is None
    client.force_login(stranger)
    assert read(client).select_one(".facts--row dd").text == "1"


def test_buttons_to_parts_that_do_not_exist_are_not_shown(client):
    page = home()
    page.sections = [("hero", {"title": "T", "lead": "x", "links": [{"part": "needs:list", "text": "", "page": None, "address": ""}]})]
    page.save()
    assert read(client).select(".hero .button") == []

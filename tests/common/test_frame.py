import json

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from common.context import canonical, portal, same_page
from common.navigation import account_menu, footer_columns, main_menu


def get(path, **query):
    return RequestFactory().get(path, query)


def test_the_switch_stays_on_the_page_and_keeps_the_filter():
    links = same_page(get("/da/projects/", theme="energy", q="sø"))
    assert [code for code, _name, _url in links] == ["en", "da", "sv"]
    assert links[2][1:] == ("svenska", "/sv/projects/?theme=energy&q=s%C3%B8")


def test_an_address_without_language_has_no_switch():
    assert same_page(get("/styleguide/")) == []


@pytest.mark.parametrize(
    ("query", "address"),
    [({}, ""), ({"page": "3", "q": "x"}, "?page=3"), ({"page": "1"}, ""), ({"page": "-1"}, ""), ({"page": "²"}, "")],
)
def test_the_canonical_address_keeps_the_page_number_only(query, address):
    assert canonical(get("/en/projects/", **query)) == "http://testserver/en/projects/" + address


def test_the_menu_shows_only_what_exists(nobody):
    with override("en"):
        entries = main_menu("/en/projects/map/") + footer_columns()[0]["links"] + account_menu(nobody)
    assert all(entry["url"].startswith(("/en/", "/cms/")) for entry in entries)
    assert [entry["label"] for entry in entries if entry.get("current")] == ["Projects"]


def test_the_administration_is_offered_to_those_who_may_enter(nobody):
    assert "/cms/" not in [entry["url"] for entry in account_menu(nobody)]


def test_the_context_is_lazy(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert portal(get("/en/"))["portal"]["name"]


def test_json_ld_cannot_leave_its_block():
    drawn = Template("{% load frame %}{% json_ld data %}").render(Context({"data": {"name": "</script><b>&"}}))
    block = BeautifulSoup(drawn, "html.parser").script
    assert (block["type"], json.loads(block.string)) == ("application/ld+json", {"name": "</script><b>&"})


def test_a_shared_link_has_the_pages_own_words(client, db):
    page = BeautifulSoup(client.get("/sv/accounts/login/").content, "html.parser")
    shared = {meta["property"]: meta["content"] for meta in page.select("meta[property]")}
    assert " ".join(page.title.get_text().split()) == shared["og:title"] + " · Smart City Portal"
    assert shared["og:description"] == page.select_one('meta[name="description"]')["content"]
    assert shared["og:url"] == "http://testserver/sv/accounts/login/"
    links = {link["hreflang"]: link["href"] for link in page.select('link[rel="alternate"]')}
    assert links == {code: f"http://testserver/{code[:2].replace('x-', 'en')}/accounts/login/" for code in ("en", "da", "sv", "x-default")}


def test_every_page_says_which_language_it_is_in(client, db):
    for code in ("en", "da", "sv"):
        page = BeautifulSoup(client.get(f"/{code}/accounts/login/").content, "html.parser")
        current = page.select_one('.languages [aria-current="true"]')
        assert (page.html["lang"], current["hreflang"]) == (code, code)

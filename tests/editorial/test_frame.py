"""Names, colours, menu and footer as editors set them."""

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import Error
from wagtail.models import Locale, Site

from editorial import frame
from editorial.models import Footer, Menu, PortalSettings, Text
from tests.factories.editorial import make_page

pytestmark = pytest.mark.django_db


def choose(**fields):
    return PortalSettings.objects.update_or_create(site=Site.objects.get(is_default_site=True), defaults=fields)[0]


def read(client, address="/en/themes/"):
    return BeautifulSoup(client.get(address).content, "html.parser")


def test_the_installation_names_the_portal_until_editors_do(client, settings):
    assert settings.PORTAL["name"] in read(client).title.text
    cache.clear()
    choose(name="Byportalen", region="Fyn")
    assert "Byportalen" in read(client).title.text


def test_colours_reach_the_stylesheet(client):
    choose(brand_hue=300, accent_hue=120)
    assert frame.colours() == {"brand_hue": 300, "accent_hue": 120}
    assert b"--brand" in client.get("/theme.css").content


@pytest.mark.parametrize("wrong", [{"brand_hue": 361}, {"brand_chroma": 0.2}, {"accent_hue": -1}])
def test_colours_that_would_cost_contrast_are_refused(wrong):
    with pytest.raises(ValidationError) as refused:
        PortalSettings(site=Site.objects.get(is_default_site=True), **wrong).full_clean()
    assert list(refused.value.message_dict) == list(wrong)


def test_a_menu_belongs_to_its_language(client):
    page = make_page("en", title="About us", slug="about")
    stream = [("link", {"text": "", "part": "", "page": page, "address": ""})]
    Menu.objects.create(locale=Locale.objects.get(language_code="en"), links=stream)
    assert "About us" in [link.text for link in read(client).select(".header__nav a")]
    assert "About us" not in [link.text for link in read(client, "/da/themes/").select(".header__nav a")]


def test_a_footer_shows_only_links_that_lead_somewhere(client):
    links = [{"text": "", "part": "editorial:themes"}, {"text": "", "part": "needs:list"}]
    empty = {"page": None, "address": ""}
    column = ("column", {"title": "Find", "links": [{**link, **empty} for link in links]})
    Footer.objects.create(locale=Locale.objects.get(language_code="en"), columns=[column])
    assert [link.text for link in read(client).select(".footer__cols a")] == ["Themes"]


def test_the_frame_costs_one_query_and_then_none(django_assert_num_queries):
    with django_assert_num_queries(1):
        frame.frame("en")
    with django_assert_num_queries(0):
        frame.frame("en")


def test_an_editor_sees_at_once_what_was_changed(client, stranger):
    read(client)
    choose(name="Byportalen")
    assert "Byportalen" not in read(client).title.text
    client.force_login(stranger)
    assert "Byportalen" in read(client).title.text


def test_without_a_database_the_installations_own_frame_stands(monkeypatch, settings):
    def away(language):
        raise Error

    monkeypatch.setattr(frame, "_read", away)
    assert frame.frame("en", fresh=True)["portal"]["name"] == settings.PORTAL["name"]


@pytest.mark.parametrize(
    ("place", "address"),
    [("not_found", "/en/nothing/"), ("search_empty", "/en/search/?q=qqqqzzzz"), ("themes", "/en/themes/"),
     ("municipalities", "/en/municipalities/")],
)  # fmt: skip
def test_editors_say_it_in_their_own_words_in_their_language(client, place, address):
    Text.objects.create(place=place, text="<p>Call <b>us</b></p>", locale=Locale.objects.get(language_code="en"))
    assert b"<p>Call <b>us</b></p>" in client.get(address).content
    assert b"Call <b>us</b>" not in client.get(address.replace("/en/", "/da/")).content

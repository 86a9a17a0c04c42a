"""Theme and municipality pages: an introduction over live lists."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Locale

from editorial.models import MunicipalityIntroduction, ThemeIntroduction
from taxonomy.models import Municipality, Theme
from tests.factories import OrganisationFactory, ProjectFactory
from tests.factories.editorial import make_article, make_news

pytestmark = pytest.mark.django_db
ADDRESSES = {"theme": "/en/themes/energy/", "municipality": "/en/municipalities/koge/"}


@pytest.fixture
def energy():
    return Theme.objects.get(slug="energy")


@pytest.fixture
def koge():
    return Municipality.objects.get(slug="koge")


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def cards(page):
    return [link.text for link in page.select(".card__title a")]


def test_a_theme_shows_its_projects_and_no_others(client, energy):
    ProjectFactory(text__title="Heat", themes=[energy])
    ProjectFactory(text__title="Bicycles", themes=[Theme.objects.get(slug="mobility")])
    assert cards(read(client, ADDRESSES["theme"])) == ["Heat"]


def test_a_municipality_shows_its_projects_and_its_facts(client, koge):
    ProjectFactory(text__title="Rain", municipalities=[koge])
    page = read(client, ADDRESSES["municipality"])
    assert (page.h1.text, cards(page)) == ("Køge", ["Rain"])
    assert "0259" in page.select_one("aside .facts").text


@pytest.mark.parametrize("address", ADDRESSES.values())
@pytest.mark.parametrize("hidden", [{"state": "draft"}, {"state": "withdrawn"}, {"visibility": "members"}])
def test_what_one_may_not_see_is_neither_shown_nor_counted(client, energy, koge, address, hidden):
    ProjectFactory(themes=[energy], municipalities=[koge], organisation__name="Canary", **hidden)
    page = read(client, address)
    assert (cards(page), "Canary" in page.text) == ([], False)


def test_a_member_sees_what_members_see(client, stranger, energy):
    ProjectFactory(text__title="Inside", themes=[energy], visibility="members")
    client.force_login(stranger)
    assert cards(read(client, ADDRESSES["theme"])) == ["Inside"]


def test_an_introduction_comes_in_the_readers_language_or_with_a_badge(client, energy):
    for code, intro in (("en", "About heat"), ("da", "Om varme")):
        ThemeIntroduction.objects.create(theme=energy, locale=Locale.objects.get(language_code=code), intro=intro)
    assert read(client, "/da/themes/energy/").select_one(".lead").text.strip() == "Om varme"
    swedish = read(client, "/sv/themes/energy/").select_one(".lead")
    assert (swedish["lang"], swedish.select_one(".lang-badge").text) == ("en", "en")


def test_a_municipality_may_have_an_introduction(client, koge):
    locale = Locale.objects.get(language_code="en")
    MunicipalityIntroduction.objects.create(municipality=koge, locale=locale, intro="A harbour", body=[("paragraph", "<p>More</p>")])
    page = read(client, ADDRESSES["municipality"])
    assert (page.select_one(".lead").text.strip(), page.select_one(".prose p").text) == ("A harbour", "More")


def test_proposed_organisations_are_not_named(client, koge):
    OrganisationFactory(name="Known", municipality=koge)
    OrganisationFactory(name="Proposed", municipality=koge, verified_at=None)
    names = [link.text for link in read(client, ADDRESSES["municipality"]).select(".place-list a")]
    assert names == ["Known"]


@pytest.mark.parametrize("address", ["/en/themes/nothing/", "/en/municipalities/nowhere/", "/da/themes/ø/"])
def test_an_unknown_slug_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_the_walls_count_what_one_sees(client, energy, koge):
    ProjectFactory(themes=[energy], municipalities=[koge])
    ProjectFactory(themes=[energy], municipalities=[koge], state="draft")
    wall = read(client, "/en/themes/").select_one('a[href="/en/themes/energy/"] .theme-wall__count')
    place = read(client, "/en/municipalities/").select_one('a[href="/en/municipalities/koge/"]').parent
    assert (wall.text, place.select_one(".num").text) == ("1", "1")


@pytest.mark.parametrize("address", [*ADDRESSES.values(), "/en/themes/", "/en/municipalities/"])
def test_the_pages_cost_the_same_with_one_and_thirty(same_queries, energy, koge, address):
    assert same_queries(address, lambda: ProjectFactory(themes=[energy], municipalities=[koge])) <= 12


def test_a_theme_lists_its_articles(client, energy):
    make_article(make_news("en"), title="Heat for all", themes=[energy])
    assert cards(read(client, ADDRESSES["theme"])) == ["Heat for all"]

"""One search over projects, organisations, pages and places."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from organisations.indexing import index_organisations
from projects.words import refresh_words
from taxonomy.models import Municipality, Theme
from tests.factories import OrganisationFactory, OrganisationTextFactory, ProjectFactory, WorkingGroupFactory
from tests.factories.editorial import make_article, make_news, make_page

pytestmark = pytest.mark.django_db


def make_organisation(**fields):
    organisation = OrganisationFactory(**fields)
    index_organisations([organisation.pk])
    return organisation


@pytest.fixture
def ask(client):
    def read(q, language="en", **more):
        response = client.get(f"/{language}/search/", {"q": q, **more})
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return read


def titles(page):
    return [link.text for link in page.select(".hit h3 a")]


def tabs(page):
    return [int(tab.select_one(".num").text) for tab in page.select(".tabs a")]


def test_each_kind_has_its_tab_and_its_number(ask):
    ProjectFactory(text__title="Zeppelins over the Sound", organisation__name="Luftskib A/S")
    make_organisation(name="Zeppelin Works")
    make_page("en", title="About zeppelins")
    WorkingGroupFactory(text__name="Peers of the zeppelin")
    page = ask("zeppelin")
    assert tabs(page) == [4, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1]
    assert titles(page) == ["Zeppelins over the Sound", "Peers of the zeppelin", "Zeppelin Works", "About zeppelins"]


def test_a_tab_shows_its_kind_only(ask):
    ProjectFactory(text__title="Zeppelins over the Sound")
    make_organisation(name="Zeppelin Works")
    page = ask("zeppelin", kind="organisations")
    assert (titles(page), page.select_one(".tabs [aria-current]").text) == (["Zeppelin Works"], "Organisations 1")


def test_found_words_are_marked_and_the_kind_is_said(ask):
    make_organisation(name="Køge Zeppelin")
    hit = ask("koge zeppelin").select_one(".hit")
    assert [mark.text for mark in hit.select("h3 mark")] == ["Køge", "Zeppelin"]
    assert hit.select_one(".hit__kind").text == "Organisation"


@pytest.mark.parametrize("words", ["Køge", "koge", "KØGE", "køg"])
def test_a_municipality_is_found_however_it_is_written(ask, words):
    assert ask(words, kind="pages").select_one(".hit h3 a")["href"] == "/en/municipalities/koge/"


@pytest.mark.parametrize(("language", "words"), [("en", "lighting"), ("da", "gadelampe"), ("sv", "belysning")])
def test_a_theme_is_found_by_name_and_synonym(ask, language, words):
    links = [link["href"] for link in ask(words, language, kind="pages").select(".hit h3 a")]
    assert f"/{language}/themes/lighting/" in links


def test_an_organisation_is_found_by_what_is_said_of_it(ask):
    text = OrganisationTextFactory(description="We fly zeppelins for everybody.", organisation__name="Luftskib A/S")
    index_organisations([text.organisation_id])
    hit = ask("zeppelins").select_one(".hit")
    assert (hit.h3.a.text, hit.select("p")[1].mark.text) == ("Luftskib A/S", "zeppelins")


def test_an_article_says_its_kind_and_is_found_by_its_text(ask):
    body = [("paragraph", "<p>How to moor a zeppelin at the town hall.</p>")]
    make_article(make_news("en"), title="A guide", kind="guide", body=body)
    hit = ask("zeppelin").select_one(".hit")
    assert (hit.select_one(".hit__kind").text, hit.h3.a["href"].startswith("/en/news/")) == ("Guide", True)
    assert hit.select("p")[1].mark.text == "zeppelin"


def test_a_page_stands_once_in_the_readers_language(ask):
    english = make_page("en", title="Zeppelin rules", slug="rules")
    make_page("da", title="Zeppelin regler", slug="regler", translation_of=english)
    assert titles(ask("zeppelin", "da", kind="pages")) == ["Zeppelin regler"]


def test_a_page_in_another_language_has_a_badge(ask):
    make_page("en", title="Zeppelin rules", slug="rules")
    hit = ask("zeppelin", "sv", kind="pages").select_one(".hit")
    assert (hit.h3.a["href"], hit.h3.a["lang"], hit.select_one(".lang-badge").text) == ("/sv/rules/", "en", "en")


# ---- what one may not see


@pytest.mark.parametrize("hidden", [{"state": "draft"}, {"state": "submitted"}, {"state": "withdrawn"}, {"visibility": "members"}])
def test_a_hidden_project_shows_in_no_list_and_no_number(ask, hidden):
    ProjectFactory(text__title="Secret zeppelin", **hidden)
    refresh_words()
    page = ask("zeppelin")
    assert (titles(page), page.select(".tabs"), "Did you mean" in page.text) == ([], [], False)


def test_a_member_finds_what_members_see(ask, client, stranger):
    ProjectFactory(text__title="Inner zeppelin", visibility="members")
    client.force_login(stranger)
    assert titles(ask("zeppelin")) == ["Inner zeppelin"]


def test_proposed_organisations_are_found_by_their_members_only(ask, client, moderator):
    make_organisation(name="Zeppelin Works", verified_at=None)
    assert titles(ask("zeppelin")) == []
    client.force_login(moderator)
    assert titles(ask("zeppelin")) == ["Zeppelin Works"]


def test_drafts_and_private_pages_are_not_found(ask):
    make_page("en", title="Draft zeppelin", live=False)
    private = make_page("en", title="Private zeppelin")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert titles(ask("zeppelin")) == []


# ---- words


def test_a_minus_leaves_a_word_out_everywhere(ask):
    make_organisation(name="Zeppelin Works")
    make_organisation(name="Zeppelin Museum")
    assert titles(ask("zeppelin -museum")) == ["Zeppelin Works"]


def test_quoted_words_stand_together(ask):
    make_organisation(name="Zeppelin Works")
    make_organisation(name="Zeppelin Museum Works")
    assert titles(ask('"zeppelin works"')) == ["Zeppelin Works"]


def test_a_misspelt_word_leads_on(ask):
    ProjectFactory(text__title="Zeppelins over the Sound")
    refresh_words()
    page = ask("zepelins")
    assert page.select_one("[role=status] a")["href"] == "/en/search/?q=zeppelins"
    assert titles(page) == ["Zeppelins over the Sound"]


def test_nothing_found_leads_to_the_themes(ask):
    page = ask("qqqqzzzz")
    assert (page.select_one(".empty a")["href"], titles(page)) == ("/en/themes/", [])


def test_without_words_the_page_says_how_to_search(ask):
    page = ask("")
    assert (page.select(".tabs"), page.select_one("#everything-q")["value"]) == ([], "")


def test_themes_of_the_hits_lead_into_the_catalogue(ask):
    ProjectFactory(text__title="Zeppelins", themes=[Theme.objects.get(slug="mobility")])
    assert ask("zeppelins").select_one("aside a")["href"] == "/en/projects/?q=zeppelins&theme=mobility"


@pytest.mark.parametrize(
    "q",
    ["\x00", "'", '"', "--", ":*", "a & b | !", "\\", "%", "<script>", "\u202e", "\u200b", "😀", "-", '"" -""', "a" * 10_000, "ø " * 4_000,
     "{}[]()", "%s %(x)s", "\ud83d"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["", "projects", "organisations", "pages", "nothing"])
def test_any_text_is_an_allowed_question(client, q, kind):
    parameters = {"q": q.encode("utf-8", "replace").decode(), "kind": kind}
    assert client.get("/en/search/", parameters).status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "1000000000", "x", "", "1e9", "１"])
def test_odd_pages_are_answered(ask, page):
    ProjectFactory(text__title="Zeppelin")
    assert titles(ask("zeppelin", kind="projects", page=page)) == ["Zeppelin"]


def test_html_in_words_and_titles_is_text(ask, client):
    ProjectFactory(text__title="<script>alert(1)</script> zeppelin")
    make_organisation(name="<img src=x onerror=alert(1)> zeppelin")
    content = client.get("/en/search/", {"q": "<script> zeppelin"}).content
    assert (b"<script>alert" in content, b"<img src=x" in content) == (False, False)


# ---- numbers


@pytest.mark.parametrize("kind", ["", "projects", "organisations", "pages"])
def test_the_search_costs_the_same_with_one_and_thirty(same_queries, kind):
    place, theme = Municipality.objects.get(slug="koge"), Theme.objects.get(slug="energy")

    def add():
        ProjectFactory(text__title="Zeppelin", municipalities=[place], themes=[theme])
        make_organisation(name="Zeppelin Works", municipality=place)
        make_page("en", title="Zeppelin page")

    assert same_queries(f"/en/search/?q=zeppelin&kind={kind}", add) <= 12


def test_a_search_that_finds_nothing_stays_within_the_budget(count_queries):
    ProjectFactory(text__title="Zeppelins over the Sound")
    refresh_words()
    count_queries("/en/search/?q=zepelins")
    assert count_queries("/en/search/?q=zepelins") <= 12


def test_pages_of_hits_follow_one_another(ask):
    for number in range(25):
        make_organisation(name=f"Zeppelin {number:02}")
    first, second = (titles(ask("zeppelin", kind="organisations", page=page)) for page in (1, 2))
    assert (len(first), len(second), len({*first, *second})) == (20, 5, 25)

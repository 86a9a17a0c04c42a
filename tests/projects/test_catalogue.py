"""The catalogue's page."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects import counts
from projects.words import refresh_words
from taxonomy.models import Municipality
from tests.factories import ProjectFactory, ThemeFactory

LIST = "/en/projects/"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def no_memory():
    counts.cache.clear()


def soup(client, query="", **headers):
    response = client.get(LIST + query, **headers)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(page):
    return [title.text for title in page.select(".card__title a")]


def options(page, name):
    return {
        (option.input["value"], option.select_one(".facet__count").text, option.input.has_attr("checked"))
        for option in page.select(f"#facet-{name} .facet__option")
    }


def energetic(**fields):
    return ProjectFactory(themes=[ThemeFactory(slug="energy")], **fields)


# ---- what it shows


def test_cards_newest_first(client, db):
    ProjectFactory(text__title="Older")
    ProjectFactory(text__title="Newer")
    page = soup(client)
    assert titles(page) == ["Newer", "Older"]
    assert page.select_one("#count").text == "2 projects, newest first"


def test_twenty_four_a_page(client, db):
    for _ in range(25):
        ProjectFactory()
    assert [len(titles(soup(client, query))) for query in ("", "?page=2")] == [24, 1]


@pytest.mark.parametrize("page", ["0", "-1", "2", "1e9", "1000000000", "x", "", "1.0", "٣"])
def test_there_is_no_such_page(client, db, page):
    assert client.get(LIST, {"page": page}).status_code == 404


def test_filters_with_numbers_and_what_is_chosen(client, db):
    energetic()
    energetic(phase="idea")
    page = soup(client, "?theme=energy&phase=idea")
    assert options(page, "theme") == {("energy", "1", True)}
    assert options(page, "phase") == {("idea", "1", True), ("demonstration", "1", False)}


def test_names_in_the_readers_language_and_order(client, db):
    for slug in ("copenhagen", "arhus", "odense"):
        ProjectFactory(municipalities=Municipality.objects.filter(slug=slug))
    page = BeautifulSoup(client.get("/da/projects/").content, "html.parser")
    names = [label.span.text for label in page.select("#facet-municipality label")]
    assert names[0] == "København"


def test_ten_values_and_the_rest_behind_more(client, db):
    for n in range(12):
        ProjectFactory(tags=[f"tag {n:02}"])
    page = soup(client)
    more = page.select_one("#facet-tag a")
    assert (len(options(page, "tag")), more.text) == (10, "Tag: show all 12")
    assert len(options(soup(client, more["href"].removeprefix(LIST)), "tag")) == 12


def test_chips_take_away_what_is_chosen(client, db):
    energetic(text__title="Warm lamps")
    page = soup(client, "?q=lamps&theme=energy&theme=water&sort=newest")
    assert [(chip.text.strip(), chip["href"]) for chip in page.select("a.chip")] == [
        ("Remove Words lamps", f"{LIST}?theme=energy&theme=water&sort=newest"),
        ("Remove Theme Energy", f"{LIST}?q=lamps&theme=water&sort=newest"),
        ("Remove Theme Water and climate adaptation", f"{LIST}?q=lamps&theme=energy&sort=newest"),
    ]


def test_found_words_are_marked(client, db):
    ProjectFactory(text__title="Lamps & <script>")
    assert str(soup(client, "?q=lamp").select_one(".card__title a").mark) == "<mark>Lamps</mark>"


def test_a_text_in_another_language_says_so(client, db):
    ProjectFactory(text__language="da", text__title="Lys på stien")
    title = soup(client).select_one(".card__title")
    assert (title.a["lang"], title.abbr.text) == ("da", "da")


def test_large_numbers_say_how_old_they_may_be(client, db, monkeypatch):
    monkeypatch.setattr(counts, "EXACT", 0)
    ProjectFactory()
    assert "at most a minute old" in soup(client).text


# ---- who sees what


@pytest.mark.parametrize("hidden", [{"state": "draft"}, {"state": "archived"}, {"state": "hidden"}, {"visibility": "members"}])
@pytest.mark.parametrize("query", ["", "?q=canary", "?tag=canary", "?q=canry"])
def test_what_is_not_public_leaves_no_trace(client, db, hidden, query):
    ProjectFactory(**hidden, text__title="Canary", tags=["canary"])
    refresh_words()
    page = soup(client, query)
    assert titles(page) == []
    assert [option for option in options(page, "tag") if not option[2]] == []


def test_a_member_sees_what_is_for_members(client, stranger):
    ProjectFactory(visibility="members")
    client.force_login(stranger)
    assert len(titles(soup(client))) == 1


# ---- a script makes it quicker


def test_htmx_gets_the_part_that_changes_and_a_clean_address(client, db):
    energetic()
    response = client.get(LIST + "?q=&theme=energy&sort=newest&x=1", **HTMX)
    assert response.headers["HX-Push-Url"] == f"{LIST}?theme=energy"
    assert b"<html" not in response.content
    assert "HX-Request" in response.headers["Vary"]


def test_the_part_is_the_same_as_in_the_page(client, db):
    energetic()
    whole, part = soup(client, "?theme=energy"), soup(client, "?theme=energy", **HTMX)
    assert whole.select_one("#filter").decode() == part.select_one("#filter").decode()


# ---- nothing found


def test_an_empty_portal_says_so(client, db):
    assert soup(client).select_one(".empty__title").text == "No projects yet. When one is published, it stands here."


def test_leads_on_from_a_typing_error(client, db):
    energetic(text__title="Lanterns by the harbour")
    refresh_words()
    page = soup(client, "?q=lantrens&theme=water")
    assert page.select_one(".empty a")["href"] == f"{LIST}?q=lanterns"
    assert titles(page) == ["Lanterns by the harbour"]


def test_leads_on_by_dropping_a_filter(client, db):
    energetic(phase="idea")
    links = [link.text for link in soup(client, "?theme=energy&phase=operation").select(".empty li a")]
    assert links == ["1 project without the filter “Phase”"]


def test_shows_what_has_some_of_the_words(client, db):
    ProjectFactory(text__title="Lanterns by the harbour")
    assert titles(soup(client, "?q=lanterns+xyzzy")) == ["Lanterns by the harbour"]


# ---- what it costs


@pytest.mark.parametrize("query", ["", "?theme=energy", "?q=lamps", "?q=lamps&theme=energy&phase=demonstration"])
def test_constant_queries(same_queries, db, query):
    koge = Municipality.objects.get(slug="koge")
    queries = same_queries(LIST + query, lambda: energetic(tags=["dusk"], municipalities=[koge]))
    assert queries <= 12


@pytest.mark.parametrize("query", ["?q=xyzzy", "?q=xyzzy&theme=energy&phase=idea", "?page=1&q=lampz"])
def test_an_empty_result_stays_within_the_budget_too(client, count_queries, db, query):
    energetic()
    assert count_queries(LIST + query) <= 12


# ---- bad input (TC-24)

ODD = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["energy", "-1", "0", "10" * 9, "' OR 1=1", "(a+)+$", "\x00", "\ud83d", "__class", "newest", "1" * 8_000, '"' * 99]),
)
NAMES = st.sampled_from(
    ["q", "theme", "municipality", "country", "phase", "tag", "sort", "page", "more", "page_size", "theme__slug", "created_by__password"]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(NAMES, ODD), max_size=8))
def test_any_parameters_are_answered(client, db, pairs):
    query = {}
    for name, value in pairs:
        query.setdefault(name, []).append(value.encode("utf-8", "replace").decode())
    assert client.get(LIST, query).status_code in (200, 404)


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 1_000_000, "&".join(["theme=energy"] * 900), "q=" + "%22-" * 3_000, "q=%00%00", "q=%FF%FE",
        "sort=password&sort=__", "page_size=1000000000",
    ],
)  # fmt: skip
def test_much_of_it(client, db, query):
    energetic()
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert len(response.content) < 30_000

"""The map: when it shows numbers and when single projects, its list, its data, who sees what, odd parameters."""

import pytest
from django.urls import reverse

from common.publishing import State
from projects import map_page, maps
from projects.models import Site
from taxonomy.boundaries import Outline, store_outlines
from taxonomy.models import Municipality
from tests.factories import ProjectFactory, SiteFactory, ThemeFactory

PAGE = "/en/projects/map/"
DATA = "/en/projects/map/data/"
AROUND_KOGE = "bbox=11.9,55.3,12.4,55.6&zoom=11"


@pytest.fixture
def koge(db):
    return Municipality.objects.get(slug="koge")


@pytest.fixture
def lund(db):
    return Municipality.objects.get(slug="lund")


@pytest.fixture
def few(monkeypatch):
    """Two projects are many: the map shows numbers for more, and a page of the list holds two."""
    monkeypatch.setattr(map_page, "LIST_SIZE", 2)
    monkeypatch.setattr(map_page, "SINGLE", 2)


def data(client, query=""):
    return client.get(f"{DATA}?{query}").json()


def keys(answer):
    return sorted(one["key"] for one in answer[answer["kind"]])


# ---- numbers or single projects


def test_few_projects_are_shown_one_by_one(client, koge):
    project = ProjectFactory(municipalities=[koge], themes=[ThemeFactory(slug="energy")], text__title="Warm water")
    assert data(client) == {
        "kind": "projects",
        "total": 1,
        "projects": [
            {
                "key": f"project-{project.pk}",
                "title": "Warm water",
                "lang": "",
                "url": f"/en/projects/{project.slug}/",
                "theme": "energy",
                "lat": koge.latitude,
                "lon": koge.longitude,
                "place": "Køge",
            }
        ],
    }


def test_many_projects_are_a_number_in_each_municipality(client, koge, lund, few):
    for _ in range(3):
        ProjectFactory(municipalities=[koge])
    ProjectFactory(municipalities=[koge, lund])
    answer = data(client)
    assert [(one["key"], one["count"], one["label"]) for one in answer["municipalities"]] == [
        ("place-koge", 4, "Køge: 4 projects"),
        ("place-lund", 1, "Lund: 1 project"),
    ]
    assert answer["municipalities"][0]["url"] == "/en/projects/map/?municipality=koge"


def test_one_municipality_shows_its_projects_however_many(client, koge, lund, few):
    inside = [ProjectFactory(municipalities=[lund, koge]) for _ in range(3)]
    ProjectFactory(municipalities=[lund])
    answer = data(client, "municipality=koge")
    assert keys(answer) == sorted(f"project-{one.pk}" for one in inside)
    assert {one["place"] for one in answer["projects"]} == {"Køge"}


def test_two_municipalities_show_two_numbers(client, koge, lund, few):
    for _ in range(3):
        ProjectFactory(municipalities=[koge, lund, Municipality.objects.get(slug="faxe")])
    assert keys(data(client, "municipality=koge&municipality=lund")) == ["place-koge", "place-lund"]


def test_coming_close_shows_what_is_in_view(client, koge, lund, few):
    near = ProjectFactory(municipalities=[koge])
    for _ in range(3):
        ProjectFactory(municipalities=[lund])
    assert keys(data(client, AROUND_KOGE)) == [f"project-{near.pk}"]


def test_from_afar_a_part_of_the_map_changes_nothing(client, koge, few):
    for _ in range(3):
        ProjectFactory(municipalities=[koge])
    assert data(client, "bbox=11.9,55.3,12.4,55.6&zoom=8")["kind"] == "municipalities"


def test_too_many_in_view_stay_numbers(client, koge, few, monkeypatch):
    monkeypatch.setattr(map_page, "MOST_POINTS", 2)
    for _ in range(3):
        ProjectFactory(municipalities=[koge])
    assert data(client, AROUND_KOGE)["kind"] == "municipalities"


def test_a_project_stands_at_its_own_point(client, koge):
    project = ProjectFactory(indexed=False)
    Site.objects.create(project=project, municipality=koge, latitude=55.5, longitude=12.0, label="Harbour")
    (pin,) = data(client)["projects"]
    assert (pin["lat"], pin["lon"], pin["place"]) == (55.5, 12.0, "Køge")


def test_half_a_point_is_none(client, koge):
    SiteFactory(municipality=koge, latitude=50.0)
    assert data(client)["projects"][0]["lat"] == koge.latitude


def test_a_project_in_several_places_is_one_pin_at_the_first(client, koge, lund):
    ProjectFactory(municipalities=[lund, koge])
    assert [pin["place"] for pin in data(client)["projects"]] == ["Lund"]


def test_in_view_it_stands_at_the_first_place_in_view(client, koge, lund):
    ProjectFactory(municipalities=[lund, koge])
    assert [pin["place"] for pin in data(client, AROUND_KOGE)["projects"]] == ["Køge"]


def test_a_title_in_another_language_says_which(client, koge):
    ProjectFactory(municipalities=[koge], text__language="da", text__title="Varmt vand")
    assert data(client)["projects"][0]["lang"] == "da"


# ---- the page


def test_the_list_beside_the_numbers_names_the_region_first(client, koge, few):
    for slug in ["koge", "stockholm", "stockholm"]:
        ProjectFactory(municipalities=[Municipality.objects.get(slug=slug)])
    html = client.get(PAGE).content.decode()
    assert html.index('data-key="place-koge"') < html.index('data-key="place-stockholm"')
    assert "3 projects in 2 municipalities" in html


def test_projects_without_a_place_are_named(client, koge, few):
    for _ in range(2):
        ProjectFactory(municipalities=[koge])
    ProjectFactory()
    html = client.get(f"{PAGE}?kind=demonstration").content.decode()
    assert "2 projects in 1 municipality" in html
    assert '<a href="/en/projects/?kind=demonstration">1 project has no place and is only in the list</a>' in html


def test_tiles_lead_to_the_same_filter_in_their_municipality(client, koge):
    ProjectFactory(municipalities=[koge])
    html = client.get(f"{PAGE}?phase=demonstration&bbox=1,2,3,4").content.decode()
    assert 'href="/en/projects/map/?phase=demonstration&amp;municipality=koge"' in html


def test_the_title_says_what_is_chosen(client, koge):
    ProjectFactory(municipalities=[koge])
    assert "<title>Køge · Projects on the map · " in client.get(f"{PAGE}?municipality=koge").content.decode()
    assert "<title>Projects on the map · " in client.get(PAGE).content.decode()


def test_other_tiles_keep_their_numbers_when_one_is_chosen(client, koge, lund):
    ProjectFactory(municipalities=[koge])
    ProjectFactory(municipalities=[lund])
    html = client.get(f"{PAGE}?municipality=koge").content.decode()
    assert 'aria-label="Køge: 1 project" data-place="koge" aria-current="true"' in html
    assert 'aria-label="Lund: 1 project" data-place="lund">' in html


def test_pages_of_the_list_are_numbered_like_its_pins(client, koge, few):
    for _ in range(3):
        ProjectFactory(municipalities=[koge])
    html = client.get(f"{PAGE}?municipality=koge&page=2").content.decode()
    assert 'start="3"' in html
    assert html.count("data-number=") == 1


def test_close_up_the_list_holds_what_is_in_view(client, koge, lund):
    near = ProjectFactory(municipalities=[koge])
    ProjectFactory(municipalities=[lund])
    html = client.get(f"{PAGE}?{AROUND_KOGE}").content.decode()
    assert "1 project in this part of the map" in html
    assert html.count('data-key="project-') == html.count(f'data-key="project-{near.pk}"') == 1


def test_the_script_gets_the_list_alone(client, koge):
    ProjectFactory(municipalities=[koge])
    response = client.get(PAGE, headers={"HX-Request": "true"})
    assert b"<html" not in response.content
    assert "HX-Request" in response["Vary"]


def test_nothing_found_still_shows_the_region(client, db):
    html = client.get(f"{PAGE}?q=nothing-has-this-word").content.decode()
    assert html.count("no project yet</title>") == 79


@pytest.mark.parametrize("language", ["en", "da", "sv"])
def test_every_language_has_the_map(client, koge, language):
    ProjectFactory(municipalities=[koge])
    assert client.get(f"/{language}/projects/map/").status_code == 200


# ---- who sees what


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_only_what_is_published_counts(client, koge, state):
    ProjectFactory(municipalities=[koge], state=state)
    assert data(client) == {"kind": "projects", "total": 0, "projects": []}
    assert "Køge: no project yet" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(("visibility", "seen"), [("public", 1), ("members", 0), ("organisation", 0)])
def test_a_visitor_sees_what_is_public(client, koge, visibility, seen):
    ProjectFactory(municipalities=[koge], visibility=visibility)
    assert data(client)["total"] == seen


def test_a_colleague_sees_what_is_for_the_organisation(client, koge, colleague, organisation):
    ProjectFactory(municipalities=[koge], visibility="organisation", organisation=organisation)
    client.force_login(colleague)
    assert data(client)["total"] == 1


# ---- queries


QUERIES = ["", "municipality=koge", AROUND_KOGE, "q=lamps&theme=energy&phase=demonstration"]


@pytest.fixture
def add_project(koge):
    energy = ThemeFactory(slug="energy")
    return lambda: ProjectFactory(municipalities=[koge], themes=[energy])


@pytest.mark.parametrize("query", QUERIES)
def test_data_take_the_same_queries_with_thirty_projects(same_queries, add_project, query):
    assert same_queries(f"{DATA}?{query}", add_project) == 3


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("most", [0, 100], ids=["numbers", "single projects"])
def test_the_page_takes_the_same_queries_with_thirty_projects(same_queries, add_project, query, most, monkeypatch):
    monkeypatch.setattr(map_page, "LIST_SIZE", most or 24)
    monkeypatch.setattr(map_page, "SINGLE", most)
    assert same_queries(f"{PAGE}?{query}", add_project) <= 12


# ---- odd parameters


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("bbox=1", "bbox needs four numbers: west,south,east,north in degrees."),
        ("bbox=a,b,c,d", "bbox needs four numbers: west,south,east,north in degrees."),
        ("bbox=1,2,3,4,5", "bbox needs four numbers: west,south,east,north in degrees."),
        ("bbox=nan,1,2,3", "bbox needs four numbers: west,south,east,north in degrees."),
        ("bbox=1,1,1e999,3", "bbox needs four numbers: west,south,east,north in degrees."),
        (
            "bbox=13,55,12,56",
            "bbox needs west before east between -180 and 180, and south before north between -90 and 90.",
        ),
        (
            "bbox=12,55,13,156",
            "bbox needs west before east between -180 and 180, and south before north between -90 and 90.",
        ),
        ("zoom=ten", "zoom needs a number from 0 to 24."),
        ("zoom=-1", "zoom needs a number from 0 to 24."),
        ("zoom=1000000000", "zoom needs a number from 0 to 24."),
    ],
)
def test_a_view_that_cannot_be_read_is_answered_by_a_sentence(client, db, query, sentence):
    response = client.get(f"{DATA}?{query}")
    assert (response.status_code, response.json()) == (400, {"error": sentence})
    assert client.get(f"{PAGE}?{query}").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=1000000000",
        "page=%00",
        "municipality=%00&theme=%E2%80%AE",
        "municipality=unknown",
        "sort=password&organisation__slug=x",
        "&".join(["municipality=koge"] * 500),
        "q=" + "a" * 8_000,
        "q=%22(%5B%7C%26!*",
    ],
)
def test_any_address_has_an_answer(client, koge, query):
    ProjectFactory(municipalities=[koge])
    assert client.get(f"{PAGE}?{query}").status_code == 200
    assert client.get(f"{DATA}?{query}").status_code == 200


def test_the_map_is_read_only(client, db):
    assert client.post(PAGE).status_code == 405
    assert client.post(DATA).status_code == 405


# ---- boundaries


@pytest.fixture
def with_boundary(koge):
    ring = [(12.0, 55.4), (12.2, 55.4), (12.2, 55.5), (12.0, 55.4)]
    store_outlines([Outline(koge, [[ring]])], "Geodata", 2024)


def test_boundaries_are_named_and_may_be_kept(client, with_boundary):
    settings = client.get(PAGE).context["map"].settings
    response = client.get(settings["boundaries"])
    assert [one["properties"] for one in response.json()["features"]] == [{"slug": "koge"}]
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert b"Boundaries: Geodata 2024" in client.get(PAGE).content


def test_unchanged_boundaries_are_not_sent_again(client, with_boundary):
    address = reverse("projects:boundaries")
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_without_boundaries_nothing_asks_for_them(client, db):
    assert client.get(PAGE).context["map"].settings["boundaries"] == ""


def test_pins_are_never_more_than_a_map_can_bear():
    assert (maps.MOST_POINTS, maps.DETAIL_ZOOM) == (500, 10)

"""The projects of a filter as feed and files."""

import csv
import io
import json
from datetime import timedelta

import feedparser
import pytest
from django.core.management import call_command
from django.utils import timezone
from openpyxl import load_workbook

from projects import exports
from projects.indexing import index_projects
from projects.models import Project
from taxonomy.models import Municipality
from tests.factories import (
    LinkFactory,
    OrganisationFactory,
    PartnerFactory,
    ProjectFactory,
    ProjectTextFactory,
    ThemeFactory,
)

FILES = ["feed/", "export.csv", "export.xlsx", "export.geojson"]
FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1"]


def fetch(client, name, query=""):
    response = client.get(f"/en/projects/{name}{query}")
    assert response.status_code == 200
    return b"".join(response)


def csv_rows(client, query=""):
    return list(csv.DictReader(io.StringIO(fetch(client, "export.csv", query).decode("utf-8-sig"))))


def feed(client, query="", language="en"):
    return feedparser.parse(client.get(f"/{language}/projects/feed/{query}").content)


@pytest.fixture
def full(db):
    """A project with everything that a file holds."""
    owner = OrganisationFactory(name="Køge Kommune", slug="koge-kommune")
    project = ProjectFactory(
        organisation=owner, source="old-portal", source_key="K-1", themes=[ThemeFactory(slug="energy"), ThemeFactory(slug="water")],
        tags=["Harbour bath"], municipalities=Municipality.objects.filter(slug__in=["koge", "lund"]).order_by("slug"), budget="1200000.50",
        currency="DKK", text__language="da", text__title="Varmt vand; koldt", text__summary="To\nlinjer", text__story='Han sagde "ja".',
    )  # fmt: skip
    ProjectTextFactory(project=project, language="en", is_original=False, title="Warm water", summary="In English", story="")
    PartnerFactory(project=project, organisation=owner, role="lead")
    PartnerFactory(project=project, organisation=OrganisationFactory(name="Gate 21"), role="supplier")
    LinkFactory(project=project, url="https://example.org/warm")
    index_projects([project.pk])
    project.refresh_from_db()
    return project


# ---- every file


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("hidden", [{"state": "draft"}, {"state": "withdrawn"}, {"state": "archived"}, {"visibility": "members"}])
def test_holds_nothing_that_is_not_public(client, db, name, hidden):
    ProjectFactory(**hidden, slug="canary", text__title="Canary")
    body = fetch(client, name)
    assert b"anary" not in (body if name != "export.xlsx" else repr(sheet(body)).encode())


@pytest.mark.parametrize("name", FILES)
def test_holds_what_the_filter_finds(client, db, name):
    ProjectFactory(text__title="Warm water", themes=[ThemeFactory(slug="energy")])
    ProjectFactory(text__title="Cold rain", themes=[ThemeFactory(slug="water")])
    body = fetch(client, name, "?theme=energy&q=warm&page=-1")
    text = body if name != "export.xlsx" else repr(sheet(body)).encode()
    assert (b"Warm water" in text, b"Cold rain" in text) == (True, False)


@pytest.mark.parametrize("name", FILES)
def test_is_read_in_pieces_of_constant_queries(client, db, name, count_queries, monkeypatch):
    monkeypatch.setattr(exports, "CHUNK", 10)
    address = f"/en/projects/{name}"
    ProjectFactory()
    few = count_queries(address)
    for _ in range(9):
        ProjectFactory()
    assert count_queries(address) == few


# ---- CSV and XLSX


def sheet(body):
    return [list(row) for row in load_workbook(io.BytesIO(body)).active.values]


def test_csv_is_read_by_spreadsheets(client, full):
    body = fetch(client, "export.csv")
    assert body.startswith("\ufeffsource,source_key,title".encode())


def test_csv_has_every_column(client, full):
    (row,) = csv_rows(client)
    expected = {
        "title": "Varmt vand; koldt", "title_en": "Warm water", "title_da": "", "story": 'Han sagde "ja".', "budget": "1200000.50",
        "country": "DK", "municipality_codes": "0259; Lund", "partners": "Gate 21 (supplier)",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


def test_xlsx_has_the_same_rows(client, full):
    head, row = sheet(fetch(client, "export.xlsx"))
    (other,) = csv_rows(client)
    typed = ("start_date", "end_date", "budget")
    cells = {name: str(value or "") for name, value in zip(head, row, strict=True) if name not in typed}
    assert cells == {name: value for name, value in other.items() if name not in typed}


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(client, db, formula):
    ProjectFactory(text__title=formula)
    assert csv_rows(client)[0]["title"] == f"'{formula}"
    assert sheet(fetch(client, "export.xlsx"))[1][2].startswith("'")


def test_too_many_for_a_workbook_leads_to_the_csv_file(client, db, monkeypatch):
    monkeypatch.setattr(exports, "MOST_XLSX_ROWS", 1)
    ProjectFactory()
    ProjectFactory()
    response = client.get("/en/projects/export.xlsx?kind=demonstration")
    assert response.status_code == 400
    assert 'href="/en/projects/export.csv?kind=demonstration"' in response.content.decode()


def test_what_was_exported_can_be_imported(client, full, tmp_path, capsys):
    file = tmp_path / "projects.csv"
    file.write_bytes(fetch(client, "export.csv"))
    Project.objects.all().delete()
    call_command("import_projects", str(file))
    assert capsys.readouterr().out.splitlines()[-1] == "rows=1 created=1 updated=0 unchanged=0 refused=0"
    again = Project.objects.get(source="old-portal", source_key="K-1")
    assert (again.budget, again.facet_terms) == (full.budget, full.facet_terms)
    assert {text.language: text.title for text in again.texts.all()} == {"da": "Varmt vand; koldt", "en": "Warm water"}


# ---- GeoJSON


def test_geojson_has_a_point_for_each_place(client, full):
    (feature,) = json.loads(fetch(client, "export.geojson"))["features"]
    koge = Municipality.objects.get(slug="koge")
    assert feature["geometry"]["type"] == "MultiPoint"
    assert feature["geometry"]["coordinates"][0] == [koge.longitude, koge.latitude]
    assert feature["properties"]["url"] == f"http://testserver/en/projects/{full.slug}/"


def test_geojson_without_a_place_has_no_geometry(client, db):
    ProjectFactory()
    assert json.loads(fetch(client, "export.geojson"))["features"][0]["geometry"] is None


def test_geojson_of_nothing(client, db):
    assert json.loads(fetch(client, "export.geojson")) == {"type": "FeatureCollection", "features": []}


# ---- feed


def test_feed_is_well_formed_and_in_the_readers_language(client, full):
    read = feed(client, "?theme=energy", "da")
    assert (read.bozo, read.version, read.feed.language) == (False, "atom10", "da")
    assert read.entries[0].title == "Varmt vand; koldt"


def test_feed_entries_keep_their_ids(client, full):
    first = feed(client).entries[0]
    Project.objects.update(slug="renamed", updated_at=timezone.now() + timedelta(days=1))
    second = feed(client).entries[0]
    assert first.id == second.id
    assert second.updated > first.updated


def test_feed_entries_say_their_language(client, db):
    ProjectFactory(text__language="sv", text__title="Ljus")
    assert b'<entry xml:lang="sv">' in client.get("/en/projects/feed/").content


def test_a_reader_that_has_the_feed_gets_304(client, full):
    tag = client.get("/en/projects/feed/").headers["ETag"]
    assert client.get("/en/projects/feed/", HTTP_IF_NONE_MATCH=tag).status_code == 304

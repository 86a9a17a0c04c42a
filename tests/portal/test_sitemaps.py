"""What search engines are told."""

from xml.etree import ElementTree

import pytest

from portal import sitemaps
from tests.factories import (
    EventFactory,
    MinutesFactory,
    OfferFactory,
    OrganisationFactory,
    ProfileFactory,
    ProjectFactory,
    TestReportFactory,
    WorkingGroupFactory,
)


def read(client, path="/sitemap.xml"):
    response = client.get(path)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml")
    return ElementTree.fromstring(response.content)


def places(page):
    return [loc.text.removeprefix("http://testserver") for loc in page.iterfind(".//{*}loc")]


def test_an_index_of_files(client, db):
    ProjectFactory()
    ProfileFactory()
    WorkingGroupFactory()
    EventFactory()
    MinutesFactory()
    OfferFactory()
    TestReportFactory()
    assert places(read(client)) == [f"/sitemap-{name}-1.xml" for name in sitemaps.SECTIONS]


def test_every_file_of_the_index_can_be_read(client, db):
    ProjectFactory()
    for place in places(read(client)):
        assert places(read(client, place)) != []


def test_a_project_in_each_language_with_the_others(client, db):
    ProjectFactory(slug="lamps")
    page = read(client, "/sitemap-projects-1.xml")
    assert places(page) == [f"/{code}/projects/lamps/" for code in ("en", "da", "sv")]
    assert [link.get("hreflang") for link in page[0].iterfind("{*}link")] == ["en", "da", "sv", "x-default"]


@pytest.mark.parametrize("hidden", [{"state": "draft"}, {"state": "withdrawn"}, {"state": "archived"}, {"visibility": "members"}])
def test_nothing_that_is_not_public(client, moderator, hidden):
    ProjectFactory(**hidden)
    client.force_login(moderator)
    assert client.get("/sitemap-projects-1.xml").status_code == 404


def test_no_organisation_that_is_not_verified(client, db):
    OrganisationFactory(slug="proposed", verified_at=None)
    OrganisationFactory(slug="verified")
    assert places(read(client, "/sitemap-organisations-1.xml"))[0] == "/en/organisations/verified/"


def test_a_large_catalogue_comes_in_several_files(client, db, monkeypatch):
    monkeypatch.setattr(sitemaps, "SIZE", 2)
    for _ in range(3):
        ProjectFactory()
    assert [place for place in places(read(client)) if "projects" in place] == ["/sitemap-projects-1.xml", "/sitemap-projects-2.xml"]
    assert len(places(read(client, "/sitemap-projects-2.xml"))) == 3


@pytest.mark.parametrize("path", ["/sitemap-projects-0.xml", "/sitemap-projects-99.xml", "/sitemap-unknown-1.xml"])
def test_no_other_files(client, db, path):
    assert client.get(path).status_code == 404


def test_robots_are_led_to_the_sitemap(client, db):
    assert client.get("/robots.txt").content.decode().splitlines()[-1] == "Sitemap: http://testserver/sitemap.xml"

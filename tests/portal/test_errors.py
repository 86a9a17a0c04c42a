import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory, override_settings
from django.utils.translation import override

from portal import errors

pytestmark = pytest.mark.django_db


def test_a_missing_page_helps_on_in_the_readers_language(client):
    response = client.get("/da/projects/gront-byggeri-i-byen/")
    page = BeautifulSoup(response.content, "html.parser")
    assert (response.status_code, page.html["lang"]) == (404, "da")
    assert page.select_one("#missing-q")["value"] == "gront byggeri i byen"
    assert page.select_one('link[rel="canonical"]') is None


def test_a_missing_page_leads_to_the_front_page_of_the_other_languages(client):
    page = BeautifulSoup(client.get("/da/projects/gront-byggeri-i-byen/?x=1").content, "html.parser")
    assert [link["href"] for link in page.select_one(".languages").select("a")] == ["/en/", "/da/", "/sv/"]


@pytest.mark.parametrize("path", ["/en/x\u202e/", "/en/%00/", "/en/" + "a" * 5000 + "/", "/%ff/", "/en/<script>/"])
def test_broken_addresses_are_answered(client, path):
    assert client.get(path).status_code in (400, 404)


def test_a_forbidden_page_says_who_may(rf, nobody):
    request = rf.get("/en/projects/x/edit/")
    request.user = nobody
    response = errors.forbidden(request)
    assert (response.status_code, b"Sign in" in response.content) == (403, True)


def test_the_page_for_our_own_faults_needs_no_database(django_assert_num_queries):
    request = RequestFactory().get("/sv/")
    request.id = "a1b2"
    with override("sv"), django_assert_num_queries(0):
        response = errors.server_error(request)
    page = BeautifulSoup(response.content, "html.parser")
    assert (response.status_code, page.html["lang"], "a1b2" in page.get_text()) == (500, "sv", True)
    assert page.select_one(".wordmark")["href"] == "/sv/"


def test_an_old_form_is_explained():
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/en/accounts/login/", {})
    assert (response.status_code, b"too old" in response.content) == (403, True)


@override_settings(PORTAL_COLOURS={"brand_hue": 260}, PORTAL_COLOURS_SOURCE="")
def test_the_operators_colours_are_a_stylesheet(client):
    response = client.get("/theme.css")
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "--brand:#" in response.content.decode()
    assert client.get("/theme.css", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


@override_settings(PORTAL_COLOURS={"brand_hue": 260}, PORTAL_COLOURS_SOURCE="")
def test_pages_load_the_operators_colours(client):
    assert "/theme.css?" in client.get("/styleguide/").content.decode()


def test_the_policy_is_strict_on_pages_and_looser_in_the_administration(client):
    page, cms = (client.get(path).headers["Content-Security-Policy"] for path in ("/styleguide/", "/cms/login/"))
    assert ("unsafe" in page, "default-src 'none'" in page) == (False, True)
    assert "'unsafe-inline'" in cms

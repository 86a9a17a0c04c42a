"""Members' doors, and the form that meets a session that has ended (issue: nothing typed is lost)."""

import time
from urllib.parse import quote

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from common.access import FIELD, KEPT_SECONDS, kept_post, member_required
from portal.urls import handler403, handler404  # noqa: F401 - this module is the URLconf of these tests
from portal.urls import urlpatterns as portal_urls
from tests.factories import UserFactory

FORM = '{% load access %}{% csrf_token %}{% form_author %}{{ typed.title }}|{{ typed.files }}|{{ typed.password1 }}|{{ many|join:"+" }}'


def draw(request):
    typed = kept_post(request)
    many = typed.getlist("tag") if typed else []
    return HttpResponse(engines["django"].from_string(FORM).render({"typed": typed, "many": many}, request))


@member_required(reason="Sign in to write.")
def write(request):
    return HttpResponse(f"saved {request.POST['title']}") if request.method == "POST" else draw(request)


@member_required
def verb(request):
    return HttpResponse("done", status=200 if request.method == "POST" else 405)


urlpatterns = [
    path("en/write/", write),
    path("en/verb/", verb),
    path("en/shown/", draw),
    path("en/first/", member_required(writes=True)(draw)),
    *portal_urls,
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.common.test_access")]


@pytest.fixture
def ida():
    return UserFactory(name="Ida", email="ida@example.org")


def token(client, person, page="/en/write/"):
    """What the hidden field of `page` holds for `person`."""
    client.force_login(person)
    body = client.get(page).content.decode()
    return body.partition(f'name="{FIELD}" value="')[2].partition('"')[0]


def after_sign_out(client, person, page="/en/write/", **fields):
    """The person opens the form, the session ends, the form is sent."""
    fields[FIELD] = token(client, person, page)
    client.logout()
    return client.post("/en/write/", {"title": "Flood gauge", **fields})


def sign_in_at(page):
    return f"/en/accounts/login/?next={quote(page, safe='')}"


def test_a_page_for_members_asks_to_sign_in_and_leads_back(client):
    response = client.get("/en/write/?step=2")
    assert (response.status_code, response.url) == (302, sign_in_at("/en/write/?step=2"))
    assert "Sign in to write." in client.get(response.url).content.decode()


def test_a_member_comes_in(client, ida):
    client.force_login(ida)
    assert client.post("/en/write/", {"title": "Flood gauge"}).content == b"saved Flood gauge"


def test_suspended_and_deactivated_members_are_told_so(client, suspended):
    client.force_login(suspended)
    response = client.get("/en/write/")
    assert (response.status_code, "suspended" in response.content.decode()) == (403, True)


def test_the_same_person_finds_the_form_filled_once(client, ida):
    response = after_sign_out(client, ida, tag=["a", "b"], password1="secret", code="123456")
    assert response.url == sign_in_at("/en/write/")
    client.force_login(ida)
    answer = client.get("/en/write/")
    assert answer.content.decode().endswith("Flood gauge|||a+b")
    assert str(next(iter(get_messages(answer.wsgi_request)))).startswith("Nothing is lost")
    assert client.get("/en/write/").content.decode().endswith("|||")


def test_the_sign_in_page_says_that_it_is_kept(client, ida):
    page = client.get(after_sign_out(client, ida).url).content.decode()
    assert "What you typed is kept for an hour" in page


def test_another_person_finds_nothing_and_it_is_gone(client, ida, stranger):
    after_sign_out(client, ida)
    client.force_login(stranger)
    assert client.get("/en/write/").content.decode().endswith("|||")
    client.force_login(ida)
    assert client.get("/en/write/").content.decode().endswith("|||")


def test_after_an_hour_it_is_gone(client, ida):
    after_sign_out(client, ida)
    with time_machine.travel(time.time() + KEPT_SECONDS - 5, tick=False):
        client.force_login(ida)
        session = client.session
        session.set_expiry(None)
        session.save()
    with time_machine.travel(time.time() + KEPT_SECONDS + 5, tick=False):
        assert client.get("/en/write/").content.decode().endswith("|||")
        assert "Flood" not in client.get("/en/write/").content.decode()


def test_nothing_is_kept_for_strangers(client, ida):
    """Without a signature of ours there is no further row in the database, however much is sent."""
    before = Session.objects.count()
    for forged in ("", "x", "WzEsIi8iXQ:1:forged", token(client, ida)[:-2] + "xx"):
        client.logout()
        client.post("/en/write/", {"title": "x" * 100_000, FIELD: forged})
    assert Session.objects.count() == before


def test_files_are_not_kept(client, ida):
    from django.core.files.uploadedfile import SimpleUploadedFile

    after_sign_out(client, ida, files=SimpleUploadedFile("plan.pdf", b"%PDF"))
    client.force_login(ida)
    assert client.get("/en/write/").content.decode().endswith("Flood gauge|||")


def test_a_verb_leads_back_to_the_page_its_button_stands_on(client, ida):
    sent = {FIELD: token(client, ida, "/en/write/?a=1")}
    client.logout()
    assert client.post("/en/verb/", sent).url == sign_in_at("/en/write/?a=1")


def test_a_verb_without_a_signature_leads_back_by_the_referring_page(client):
    own = client.post("/en/verb/", headers={"Referer": "http://testserver/en/shown/?a=1"})
    foreign = client.post("/en/verb/", headers={"Referer": "http://evil.example/x"})
    assert (own.url, foreign.url) == (sign_in_at("/en/shown/"), sign_in_at("/en/"))


def test_scripts_are_told_in_their_own_way(client):
    by_htmx = client.post("/en/write/", headers={"HX-Request": "true"})
    by_fetch = client.post("/en/write/", headers={"Accept": "application/json"})
    assert (by_htmx.status_code, by_htmx.headers["HX-Redirect"]) == (200, sign_in_at("/en/"))
    assert (by_fetch.status_code, by_fetch.json()) == (401, {"address": sign_in_at("/en/")})


def test_who_has_not_accepted_the_terms_is_asked_before_posting_and_loses_nothing(client, ida):
    ida.terms_version = "0"
    ida.save()
    fields = {"title": "Flood gauge", FIELD: token(client, ida)}
    response = client.post("/en/write/", fields)
    assert response.url == "/en/accounts/terms/?next=%2Fen%2Fwrite%2F"
    assert client.post("/en/accounts/terms/", {"accept": "on", "next": "/en/write/"}).url == "/en/write/"
    assert client.get("/en/write/").content.decode().endswith("Flood gauge|||")


def test_a_page_that_is_only_a_form_asks_for_the_terms_first(client, ida):
    ida.terms_version = ""
    ida.save()
    client.force_login(ida)
    assert client.get("/en/write/").status_code == 200
    assert client.get("/en/first/").url == "/en/accounts/terms/?next=%2Fen%2Ffirst%2F"


def test_tc19_a_forged_form_does_nothing_and_an_honest_author_loses_nothing(ida):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    fields = {"title": "Flood gauge", FIELD: token(client, ida)}
    refused = client.post("/en/write/", fields)
    assert (refused.status_code, 'href="/en/write/"' in refused.content.decode()) == (403, True)
    assert client.get("/en/write/").content.decode().endswith("Flood gauge|||")


def test_hostile_fields_are_kept_as_they_are(client, ida):
    after_sign_out(client, ida, title="\x00\U0001f600‮" + "å" * 50_000)
    client.force_login(ida)
    assert "\U0001f600" in client.get("/en/write/").content.decode()


def test_no_more_than_a_few_forms_are_kept(client, ida):
    sent = {FIELD: token(client, ida), "title": "x"}
    client.logout()
    for number in range(9):
        client.post(f"/en/verb/?{number}", sent)
        client.post("/en/write/", sent)
    assert len(client.session["kept_forms"]) == 2

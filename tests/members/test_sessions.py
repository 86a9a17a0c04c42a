"""TC-17, TC-19, TC-20: where signing in leads, what a session withstands, and links nobody can bend."""

import re
import time

import pytest
import time_machine
from django.test import Client

from members.models import User
from tests.support.accounts import PASSWORD, account, change_address, is_signed_in, last_mail, mails, path_of, sign_in

pytestmark = pytest.mark.django_db
NEW = "another-long-one"
HOSTILE = ("//evil.example", "https:evil.example", "/\\evil.example", "\\\\evil.example", "http://evil.example/en/", "https:///evil.example",
           "/%09/evil.example", "\t//evil.example", "http://testserver@evil.example/", "javascript:alert(1)", "//xn--e1afmkfd.example",
           "///evil.example", "http:\\\\evil.example", "\x00//evil.example", "/\n/evil.example")  # fmt: skip


# ---- TC-17


@pytest.mark.parametrize("page", HOSTILE)
def test_tc17_signing_in_leads_only_to_pages_of_the_portal(client, page):
    account()
    where = sign_in(client, fields={"next": page}).url
    assert is_signed_in(client)
    assert re.match(r"/(?![/\\])", where) and "evil" not in where.split("/")[1:2]


@pytest.mark.parametrize("page", HOSTILE)
@pytest.mark.parametrize("address", ["/en/accounts/login/", "/en/accounts/signup/", "/en/accounts/logout/", "/en/accounts/terms/"])
def test_tc17_no_page_is_drawn_with_a_foreign_address(client, page, address):
    client.force_login(account()) if "terms" in address or "logout" in address else None
    body = client.get(address, {"next": page}).content.decode()
    assert not re.search(r'href="(?:https?:)?[\\/]{2}[^"]*evil', body)


def test_tc17_signing_in_leads_back(client):
    account()
    assert sign_in(client, fields={"next": "/en/projects/?q=lamp"}).url == "/en/projects/?q=lamp"


def test_tc17_terms_lead_only_to_pages_of_the_portal(client):
    client.force_login(account())
    where = [client.post("/en/accounts/terms/", {"accept": "on", "next": page}).url for page in HOSTILE]
    assert where == ["/en/"] * len(HOSTILE) or all(re.match(r"/(?![/\\])", one) for one in where)


# ---- TC-19

CHANGING = [
    "login/", "signup/", "logout/", "login/code/", "password/reset/", "password/change/", "email/", "settings/", "terms/", "sessions/",
    "2fa/totp/deactivate/", "2fa/recovery-codes/generate/", "reauthenticate/",
]  # fmt: skip


@pytest.mark.parametrize("address", CHANGING)
@pytest.mark.parametrize("token", ["", "x" * 64])
def test_tc19_no_form_is_taken_without_its_token(address, token):
    client = Client(enforce_csrf_checks=True)
    client.force_login(account())
    fields = {"csrfmiddlewaretoken": token} if token else {}
    assert client.post(f"/en/accounts/{address}", fields).status_code == 403


def test_tc19_an_origin_of_nobody_is_refused():
    client = Client(enforce_csrf_checks=True)
    account()
    token = client.get("/en/accounts/login/").cookies["csrftoken"].value
    fields = {"csrfmiddlewaretoken": token, "login": "ida@example.org", "password": PASSWORD}
    refused = [
        client.post("/en/accounts/login/", fields, headers={"Origin": origin}).status_code for origin in ("null", "https://evil.example")
    ]
    assert (refused, client.post("/en/accounts/login/", fields).status_code) == ([403, 403], 302)


@pytest.mark.parametrize("address", CHANGING)
def test_tc19_reading_changes_nothing(client, address):
    ida = account()
    client.force_login(ida)
    client.get(f"/en/accounts/{address}")
    before = User.objects.filter(pk=ida.pk).values().get()
    assert (is_signed_in(client), User.objects.filter(pk=ida.pk).values().get(), mails()) == (True, before, [])


def test_tc19_a_confirmation_link_of_somebody_else_signs_nobody_out(client):
    """A link is only looked at by GET: sent to a member, it must not end her session."""
    account("other@example.org", verified=False)
    sign_in(Client(), "other@example.org")
    client.force_login(account())
    client.get(path_of(last_mail()["url"]))
    assert is_signed_in(client)


def test_tc19_the_session_gets_a_new_name_at_sign_in(client):
    account()
    client.get("/en/accounts/login/")
    session = client.session
    session["planted"] = "by somebody"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    sign_in(client)
    assert is_signed_in(client)
    assert client.cookies["sessionid"].value != planted


def test_tc19_signing_out_ends_the_session_for_good(client):
    account()
    sign_in(client)
    stolen = client.cookies["sessionid"].value
    client.post("/en/accounts/logout/")
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert thief.get("/en/accounts/settings/").status_code == 302


def test_tc19_a_new_password_ends_all_other_sessions(client):
    account()
    other = Client()
    sign_in(client)
    sign_in(other)
    response = client.post("/en/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert response.status_code == 302
    assert [one.get("/en/accounts/settings/").status_code for one in (client, other)] == [200, 302]
    assert last_mail()["sentence"] == "Your password was changed."


def test_other_sessions_are_seen_and_ended(client):
    account()
    other = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"})
    sign_in(client)
    sign_in(other)
    assert "Firefox, Windows" in client.get("/en/accounts/sessions/").content.decode()
    client.post("/en/accounts/sessions/")
    assert [one.get("/en/accounts/settings/").status_code for one in (client, other)] == [200, 302]


@pytest.mark.parametrize("remember", ["", "on"])
def test_who_does_not_stay_signed_in_is_out_when_the_browser_closes(client, remember):
    account()
    sign_in(client, fields={"remember": remember})
    assert client.session.get_expire_at_browser_close() is not bool(remember)


# ---- TC-20


def ask_for_reset(client, **extra):
    client.post("/en/accounts/password/reset/", {"email": "ida@example.org"}, **extra)
    return path_of(last_mail()["url"])


def use(client, link, password=NEW):
    """Follows the link; returns whether it let a password be chosen."""
    page = client.get(link, follow=True)
    if "form" not in page.context or page.context.get("token_fail"):
        return False
    return client.post(page.request["PATH_INFO"], {"password1": password, "password2": password}).status_code == 302


FOREIGN = [{"HTTP_HOST": "evil.example"}, {"HTTP_HOST": "testserver.evil.example"}, {"HTTP_HOST": "evil.example:80"}]
BENT = [{"HTTP_X_FORWARDED_HOST": "evil.example"}, {"HTTP_HOST": "testserver:8888"}, {"HTTP_FORWARDED": "host=evil.example"},
        {"SERVER_NAME": "evil.example", "HTTP_HOST": "testserver"}, {"HTTP_X_FORWARDED_PORT": "8888"}]  # fmt: skip


@pytest.mark.parametrize("header", FOREIGN)
def test_tc20_a_foreign_host_is_refused(client, header):
    account()
    assert client.post("/en/accounts/password/reset/", {"email": "ida@example.org"}, **header).status_code == 400
    assert mails() == []


@pytest.mark.parametrize("header", BENT)
def test_tc20_links_are_the_portals_own_whatever_the_request_says(client, settings, header):
    settings.SITE_URL = "https://portal.example.org"
    account()
    client.post("/en/accounts/password/reset/", {"email": "ida@example.org"}, **header)
    context = last_mail()
    assert {value.split("/en/")[0] for key, value in context.items() if key.endswith("url")} == {"https://portal.example.org"}


def test_tc20_a_link_works_once(client):
    account()
    link = ask_for_reset(client)
    assert [use(Client(), link), use(Client(), link, "yet-another-one")] == [True, False]
    sign_in(client, password=NEW)
    assert is_signed_in(client)


def test_tc20_a_link_works_for_an_hour(client):
    account()
    link = ask_for_reset(client)
    with time_machine.travel(time.time() + 3700, tick=False):
        assert use(Client(), link) is False
    assert use(Client(), link) is True


def test_tc20_a_link_is_worth_nothing_after_the_address_changed(client):
    ida = account()
    link = ask_for_reset(client)
    sign_in(client)
    change_address(client, "new@example.org")
    client.post(path_of(last_mail()["url"]))
    ida.refresh_from_db()
    assert (ida.email, use(Client(), link)) == ("new@example.org", False)


def test_tc20_choosing_a_password_ends_all_sessions(client):
    account()
    sign_in(client)
    use(Client(), ask_for_reset(Client()))
    assert client.get("/en/accounts/settings/").status_code == 302

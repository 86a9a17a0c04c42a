"""Name, language and time zone; the terms; what is tidied away."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from common.access import FIELD
from members.actions import accept_terms, end_expired_sessions, forget_unconfirmed
from members.browsers import browser_name
from members.models import Consent, User
from tests.factories import UserFactory
from tests.support.accounts import account, sign_in

pytestmark = pytest.mark.django_db
SETTINGS = {"name": "Ida Holm", "language": "sv", "time_zone": "Europe/Stockholm"}


@pytest.fixture
def ida(client):
    person = account(name="Ida", language="da")
    client.force_login(person)
    return person


def test_a_member_changes_name_language_and_time_zone(client, ida):
    assert client.post("/en/accounts/settings/", SETTINGS).url == "/en/accounts/settings/"
    assert User.objects.filter(pk=ida.pk, **SETTINGS).exists()


@pytest.mark.parametrize(
    ("field", "value"), [("name", "\u200b"), ("name", ""), ("language", "xx"), ("time_zone", "Mars/Olympus"), ("name", "a\x00b")]
)
def test_what_cannot_be_is_said_at_the_field(client, ida, field, value):
    response = client.post("/en/accounts/settings/", SETTINGS | {field: value})
    assert list(response.context["form"].errors) == [field]


def test_tc21_no_more_than_the_form_asks_is_taken(client, ida):
    client.post(
        "/en/accounts/settings/", SETTINGS | {"email": "evil@example.org", "is_staff": "on", "terms_version": "9", "suspended_at": ""}
    )
    after = User.objects.get(pk=ida.pk)
    assert (after.email, after.is_staff, after.terms_version) == ("ida@example.org", False, ida.terms_version)


def test_the_language_of_a_page_changes_no_members_language(client, ida):
    client.get("/sv/projects/")
    sign_in(client)
    assert User.objects.get(pk=ida.pk).language == "da"


def test_a_form_that_met_an_ended_session_comes_back_filled(client, ida):
    body = client.get("/en/accounts/settings/").content.decode()
    token = body.partition(f'name="{FIELD}" value="')[2].partition('"')[0]
    client.logout()
    client.post("/en/accounts/settings/", SETTINGS | {"name": "Ida Holmgren", FIELD: token})
    client.force_login(ida)
    assert 'value="Ida Holmgren"' in client.get("/en/accounts/settings/").content.decode()
    assert User.objects.get(pk=ida.pk).name == "Ida"


def test_an_address_typed_before_the_session_ended_comes_back(client, ida):
    body = client.get("/en/accounts/email/").content.decode()
    token = body.partition(f'name="{FIELD}" value="')[2].partition('"')[0]
    client.logout()
    client.post("/en/accounts/email/", {"email": "new@example.org", "action_add": "", FIELD: token})
    client.force_login(ida)
    assert 'value="new@example.org"' in client.get("/en/accounts/email/").content.decode()


# ---- terms


def test_terms_are_accepted_once_for_each_version(ida, settings):
    for version in ("1", "1", "2"):
        settings.PORTAL = {**settings.PORTAL, "terms_version": version}
        accept_terms(ida)
    assert list(Consent.objects.filter(user=ida).values_list("version", flat=True)) == ["1", "2"]


def test_a_new_version_is_asked_for_and_then_not_again(client, ida, settings):
    settings.PORTAL = {**settings.PORTAL, "terms_version": "2"}
    assert "have changed" in client.get("/en/accounts/terms/").content.decode()
    client.post("/en/accounts/terms/", {"accept": "on"})
    assert "You have accepted" in client.get("/en/accounts/terms/").content.decode()


def test_without_a_tick_nothing_is_accepted(client, ida):
    assert client.post("/en/accounts/terms/", {"next": "/en/"}).status_code == 200
    assert Consent.objects.count() == 0


def test_who_does_not_accept_can_still_change_the_account(client, ida, settings):
    settings.PORTAL = {**settings.PORTAL, "terms_version": "2"}
    assert client.post("/en/accounts/settings/", SETTINGS).url == "/en/accounts/settings/"


# ---- tidying


def test_accounts_nobody_confirmed_are_forgotten_after_a_month():
    old = timezone.now() - timedelta(days=31)
    account("waiting@example.org", verified=False)
    accept_terms(account("forgotten@example.org", verified=False, date_joined=old))
    account("confirmed@example.org", date_joined=old)
    account("known@example.org", verified=False, date_joined=old, last_login=old)
    UserFactory(email="made@example.org", date_joined=old)
    assert forget_unconfirmed() == 1
    assert not User.objects.filter(email="forgotten@example.org").exists()


def test_asking_for_a_code_does_not_put_an_end_to_an_account_that_was_given(client):
    UserFactory(email="given@example.org", date_joined=timezone.now() - timedelta(days=31))
    client.post("/en/accounts/login/code/", {"email": "given@example.org"})
    assert (forget_unconfirmed(), User.objects.filter(email="given@example.org").count()) == (0, 1)


def test_sessions_whose_time_is_over_leave_the_database(client):
    account()
    sign_in(client)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    end_expired_sessions()
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36 Edg/141.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        ("curl/8.5.0", "curl/8.5.0"),
    ],
)
def test_a_browser_is_called_by_its_name(sent, name):
    assert browser_name(sent) == name

"""From a name and an address to a member who is signed in."""

from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.test import Client

from members.models import Consent, User
from tests.factories import UserFactory
from tests.support.accounts import PASSWORD, SIGN_UP, account, is_signed_in, last_mail, mails, path_of, sign_in

pytestmark = pytest.mark.django_db


def sign_up(client, language="en", **fields):
    return client.post(f"/{language}/accounts/signup/", SIGN_UP | fields)


def errors(response):
    return {name: list(messages) for name, messages in response.context["form"].errors.items()}


def test_a_member_is_made_with_the_language_and_time_zone_of_the_page(client, settings):
    response = sign_up(client, "da")
    ida = User.objects.get(email="ida@example.org")
    assert response.url == "/da/accounts/confirm-email/"
    assert (ida.name, ida.language, ida.time_zone) == ("Ida Holm", "da", "Europe/Stockholm")
    consent = Consent.objects.get(user=ida)
    assert (consent.document, consent.version, ida.has_accepted_terms) == ("terms", settings.PORTAL["terms_version"], True)


def test_the_link_of_the_mail_confirms_and_signs_in_once(client):
    sign_up(client)
    link = path_of(last_mail()["url"])
    assert mails() == [("account_welcome", "ida@example.org", "en")]
    assert (client.get(link).status_code, is_signed_in(client)) == (200, False)
    client.post(link)
    assert is_signed_in(client)
    assert EmailAddress.objects.get(email="ida@example.org").verified
    assert Client().post(link).status_code == 404


def test_in_another_browser_the_link_confirms_without_signing_in(client):
    sign_up(client)
    other = Client()
    response = other.post(path_of(last_mail()["url"]))
    assert (response.url, is_signed_in(other)) == ("/en/accounts/login/", False)
    assert is_signed_in(client) is False


def test_without_confirming_nobody_signs_in(client):
    sign_up(client)
    other = Client()
    assert sign_in(other).url == "/en/accounts/confirm-email/"
    assert is_signed_in(other) is False


def test_what_is_missing_is_said_at_the_field_and_nothing_typed_is_lost(client):
    response = sign_up(client, name="\u200b", email="not an address", password1="short", terms="")
    assert set(errors(response)) == {"name", "email", "password1", "terms"}
    assert errors(response)["terms"] == ["An account needs your consent to the terms."]
    assert 'value="not an address"' in response.content.decode()
    assert User.objects.count() == 0


@pytest.mark.parametrize("password", ["ida@example.org", "Ida Holm Ida", "password1234", "12345678901"])
def test_a_password_that_is_easily_guessed_is_refused(client, password):
    assert set(errors(sign_up(client, password1=password))) == {"password1"}


def test_a_time_zone_nobody_knows_is_the_portals_own(client, settings):
    sign_up(client, time_zone="Mars/Olympus")
    assert User.objects.get().time_zone == settings.TIME_ZONE


def test_names_are_cleaned(client):
    sign_up(client, name="  Ida‮\u200b   Holm ")
    assert User.objects.get().name == "Ida Holm"


def test_tc21_no_more_than_the_form_asks_is_taken(client):
    sign_up(client, is_staff="on", is_superuser="on", terms_version="99", is_active="", groups="1", suspended_at="")
    ida = User.objects.get()
    assert (ida.is_staff, ida.is_superuser, ida.is_active, ida.groups.count()) == (False, False, True, 0)


def test_two_who_sign_up_with_one_address_at_the_same_second(client, monkeypatch):
    """The second passed the look-up before the first was there: it is told like anybody whose address is known."""
    from members.forms.signing_in import SignUpForm

    account()
    monkeypatch.setattr(SignUpForm, "validate_unique_email", lambda self, value: value)
    response = sign_up(client)
    assert (response.status_code, User.objects.count()) == (302, 1)
    assert mails() == [("account_exists", "ida@example.org", "en")]


# ---- accounts that others made


def test_who_is_made_by_createsuperuser_signs_in(client):
    User.objects.create_superuser("ida@example.org", PASSWORD)
    sign_in(client)
    assert is_signed_in(client)


def test_who_is_made_by_an_administrator_signs_in_with_a_code_at_once(client):
    """Such an account has no password and no address on record; the code proves the address."""
    UserFactory(email="ida@example.org")
    client.post("/en/accounts/login/code/", {"email": "ida@example.org"})
    client.post("/en/accounts/login/code/confirm/", {"code": last_mail()["code"]})
    assert is_signed_in(client)
    assert EmailAddress.objects.get().verified


def test_who_is_made_with_a_password_is_sent_a_mail_to_confirm(client):
    User.objects.create_user("ida@example.org", PASSWORD)
    assert sign_in(client).url == "/en/accounts/confirm-email/"
    client.post(path_of(last_mail()["url"]))
    assert is_signed_in(client)


def test_a_member_without_rights_at_the_administration_is_told_so(client):
    client.force_login(UserFactory())
    assert client.get("/cms/").status_code == 403


def test_a_closed_account_is_told_so_to_who_knows_its_password(client):
    account(is_active=False)
    assert sign_in(client).url == "/en/accounts/inactive/"
    assert client.get("/en/accounts/inactive/").status_code == 200


def test_moderators_arrive_like_everybody(client):
    account().groups.add(Group.objects.get(name="Moderators"))
    assert sign_in(client).url in ("/en/desk/", "/en/")


# ---- what no browser sends

HOSTILE = {
    "nul": "\x00", "nul inside": "a\x00b", "direction": "\u202e", "long": "x" * 100_000, "emoji": "\U0001f600", "surrogate": "\ud800",
    "list": "[1, [2]]", "object": '{"id": 1, "rawId": null, "response": {"clientDataJSON": 7}, "type": "public-key"}', "number": "1e999",
}  # fmt: skip
ADDRESSES = (
    "settings/", "email/", "terms/", "password/change/", "2fa/webauthn/add/", "2fa/totp/activate/", "2fa/recovery-codes/generate/",
    "reauthenticate/", "2fa/reauthenticate/webauthn/", "sessions/", "2fa/webauthn/login/", "login/code/confirm/", "signup/", "login/",
)  # fmt: skip
FORM = "application/x-www-form-urlencoded"
FIELDS = ("name", "email", "login", "password", "password1", "password2", "oldpassword", "code", "credential", "passwordless", "language",
          "time_zone", "terms", "accept", "next", "form_author", "action_add", "action_remove", "action_send")  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_fields_of_a_member_are_no_fault_of_ours(client, kind):
    """Of visitors tests/test_hostile.py sends them."""
    client.raise_request_exception = False
    ida = account()
    sign_in(client)
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD, "next": "/en/"})
    body = urlencode(dict.fromkeys(FIELDS, HOSTILE[kind].encode("utf-8", "surrogatepass")))
    seen = {address: client.post(f"/en/accounts/{address}", body, content_type=FORM).status_code for address in ADDRESSES}
    assert {address: status for address, status in seen.items() if status not in (200, 302, 400, 403, 404, 405, 429)} == {}
    assert User.objects.filter(pk=ida.pk, email=ida.email, name=ida.name).exists()

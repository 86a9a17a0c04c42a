"""TC-16: whether an address has an account cannot be learnt, and passwords cannot be tried."""

import re

import pytest
from django.contrib.auth import hashers
from django.test import Client

from tests.factories import UserFactory
from tests.support.accounts import PASSWORD, SIGN_UP, account, change_address, is_signed_in, mails, sign_in

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "ida@example.org", "nobody@example.org"

#: What can be asked about an address: the page, and the fields.
QUESTIONS = {
    "sign in": ("/en/accounts/login/", lambda email: {"login": email, "password": "a-wrong-password"}),
    "sign up": ("/en/accounts/signup/", lambda email: SIGN_UP | {"email": email}),
    "code": ("/en/accounts/login/code/", lambda email: {"email": email}),
    "reset": ("/en/accounts/password/reset/", lambda email: {"email": email}),
}
HASHES = {"sign in": 1, "sign up": 1, "code": 0, "reset": 0}
MAILS = {
    "sign in": [],
    "sign up": [("account_exists", KNOWN, "en"), ("account_welcome", UNKNOWN, "en")],
    "code": [("account_code", KNOWN, "en"), ("account_unknown", UNKNOWN, "en")],
    "reset": [("account_reset", KNOWN, "en"), ("account_unknown", UNKNOWN, "en")],
}


@pytest.fixture
def hashes(monkeypatch):
    """The passwords that were hashed."""
    seen = []
    hasher = hashers.get_hasher()
    kept = type(hasher).encode
    monkeypatch.setattr(type(hasher), "encode", lambda self, password, salt: seen.append(password) or kept(self, password, salt))
    return seen


def answers(client, question, email):
    """Status, address and body of the answer and of the page it leads to, without what differs for everybody."""
    address, fields = QUESTIONS[question]
    client.cookies.clear()
    response = client.post(address, fields(email))
    shown = client.get(response.url) if response.status_code == 302 else response
    body = re.sub(r'name="(csrfmiddlewaretoken|form_author)" value="[^"]*"', "", shown.content.decode()).replace(email, "ADDRESS")
    return response.status_code, response.headers.get("Location"), shown.status_code, body


@pytest.mark.parametrize("question", QUESTIONS)
def test_tc16_the_answer_is_the_same(client, question):
    account(KNOWN)
    assert answers(client, question, KNOWN) == answers(client, question, UNKNOWN)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("email", [KNOWN, UNKNOWN])
def test_tc16_the_work_is_the_same(client, hashes, question, email):
    account(KNOWN)
    hashes.clear()
    answers(client, question, email)
    assert (len(hashes), len(mails())) == (HASHES[question], 1 if MAILS[question] else 0)


@pytest.mark.parametrize("question", QUESTIONS)
def test_tc16_one_mail_says_what_nobody_else_may_know(client, question):
    account(KNOWN)
    answers(client, question, KNOWN)
    answers(client, question, UNKNOWN)
    assert mails() == MAILS[question]


@pytest.mark.parametrize("fields", [{"password": None}, {"is_active": False}, {"verified": False}])
def test_tc16_accounts_without_password_closed_and_unconfirmed_are_no_different(client, hashes, fields):
    account(KNOWN, **fields)
    hashes.clear()
    assert answers(client, "sign in", KNOWN) == answers(client, "sign in", UNKNOWN)
    assert len(hashes) == 2


def test_tc16_a_members_new_address_tells_nothing_of_others(client):
    account("asking@example.org")
    account(KNOWN)
    sign_in(client, "asking@example.org")
    seen = []
    for email in (KNOWN, UNKNOWN):
        response = change_address(client, email)
        seen.append((response.status_code, response.url, client.get(response.url).content.decode().count(email)))
    assert seen[0] == seen[1]
    assert mails() == [("account_confirm", KNOWN, "en"), ("account_confirm", UNKNOWN, "en")]


# ---- trying passwords


def tries(number, email, address):
    """How many of `number` wrong passwords from one sender were looked at."""
    refused = [
        "Too many tries" in sign_in(Client(), email, f"wrong-password-{turn}", REMOTE_ADDR=address).content.decode()
        for turn in range(number)
    ]
    return refused.count(False)


@pytest.mark.parametrize("email", [KNOWN, UNKNOWN])
def test_tc16_a_hundred_wrong_passwords_are_soon_not_looked_at(email):
    account(KNOWN)
    assert tries(100, email, "198.51.100.1") == 5


def test_tc16_a_refused_password_is_not_hashed(hashes):
    account(KNOWN)
    tries(5, KNOWN, "198.51.100.1")
    hashes.clear()
    tries(20, KNOWN, "198.51.100.1")
    assert hashes == []


def test_tc16_one_sender_is_slowed_down_whatever_the_account():
    assert sum(tries(1, f"member{number}@example.org", "198.51.100.1") for number in range(40)) == 20


def test_tc16_the_owner_is_not_locked_out(client):
    account(KNOWN)
    tries(100, KNOWN, "198.51.100.1")
    sign_in(client, KNOWN, PASSWORD, REMOTE_ADDR="203.0.113.7")
    assert is_signed_in(client)


def test_tc16_an_account_is_slowed_down_for_many_senders_and_a_code_still_signs_in(client):
    account(KNOWN)
    assert sum(tries(5, KNOWN, f"198.51.100.{number}") for number in range(10)) == 20
    assert "a code" in sign_in(client, KNOWN, PASSWORD, REMOTE_ADDR="203.0.113.7").content.decode()
    client.post("/en/accounts/login/code/", {"email": KNOWN}, REMOTE_ADDR="203.0.113.7")
    assert mails() == [("account_code", KNOWN, "en")]


def test_tc16_right_passwords_use_up_nothing():
    account(KNOWN)
    for _ in range(30):
        sign_in(Client(), KNOWN, PASSWORD, REMOTE_ADDR="203.0.113.7")
    assert tries(5, KNOWN, "203.0.113.7") == 5


def test_codes_are_not_guessed(client):
    account(KNOWN)
    client.post("/en/accounts/login/code/", {"email": KNOWN})
    for _ in range(3):
        response = client.post("/en/accounts/login/code/confirm/", {"code": "000000"})
    assert (response.url, is_signed_in(client)) == ("/en/accounts/login/code/", False)


def test_who_asks_too_often_gets_a_page_of_ours(client):
    for _ in range(21):
        response = client.post("/en/accounts/password/reset/", {"email": UserFactory.build().email})
    assert (response.status_code, "Too many tries" in response.content.decode()) == (429, True)


def test_tc03_signing_in_works_while_the_cache_is_away(client, settings):
    settings.CACHES = {"default": {"BACKEND": "common.cache.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}
    account(KNOWN)
    sign_in(client)
    assert is_signed_in(client)

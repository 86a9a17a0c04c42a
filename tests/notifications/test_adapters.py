"""Where people arrive, and every account mail through the ledger in the reader's language."""

import pytest

from common.mail import Mail, build
from notifications.adapters import CHANGES, MAILS
from notifications.models import Delivery
from tests.factories import UserFactory
from tests.support.accounts import PASSWORD, account, change_address, last_mail, mails, path_of, sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "da", "sv"])
def test_signing_in_and_out_stays_in_the_language_of_the_page(client, language):
    client.force_login(UserFactory())
    signed_in_already = client.get(f"/{language}/accounts/login/")
    signed_out = client.post(f"/{language}/accounts/logout/")
    assert signed_in_already.url in (f"/{language}/desk/", f"/{language}/")
    assert signed_out.url == f"/{language}/"


@pytest.mark.parametrize(("own", "page", "expected"), [("sv", "en", "sv"), ("", "da", "da")])
def test_mails_are_in_the_members_language_else_in_that_of_the_page(client, own, page, expected):
    account(language=own)
    client.post(f"/{page}/accounts/password/reset/", {"email": "ida@example.org"})
    assert mails() == [("account_reset", "ida@example.org", expected)]
    assert f"/{expected}/accounts/" in last_mail()["url"]


def test_who_is_not_known_reads_in_the_language_of_the_page(client):
    client.post("/sv/accounts/password/reset/", {"email": "nobody@example.org"})
    assert mails() == [("account_unknown", "nobody@example.org", "sv")]


def test_a_change_is_told_at_the_address_the_member_had(client):
    account(language="da", time_zone="Europe/Helsinki")
    sign_in(client)
    change_address(client, "new@example.org")
    client.post(path_of(last_mail()["url"]))
    assert mails()[-1] == ("account_changed", "ida@example.org", "da")


def test_a_name_reaches_no_mail_to_an_address_somebody_else_gave(client):
    """Whoever signs up with another's address writes no words into the mail."""
    from tests.support.accounts import SIGN_UP

    client.post("/en/accounts/signup/", SIGN_UP | {"name": "Buy at evil example"})
    assert "evil" not in drawn(Delivery.objects.get())


def drawn(delivery, language="en"):
    message = build(Mail(delivery.template, delivery.address, language, str(delivery.key), delivery.context))
    return "\n".join([message.subject, message.body, message.alternatives[0][0]])


CONTEXT = {
    "url": "http://localhost:8000/en/accounts/x/", "reset_url": "http://localhost:8000/en/accounts/password/reset/", "code": "AB12-CD34",
    "minutes": 15, "days": 3, "sentence": "Your password was changed.", "when": "today", "ip": "203.0.113.7", "browser": "Firefox",
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "da", "sv"])
@pytest.mark.parametrize("template", sorted({*MAILS.values(), "account_changed"}))
def test_every_mail_is_drawn_in_three_languages(template, language):
    message = build(Mail(template, "ida@example.org", language, "key", CONTEXT))
    html = message.alternatives[0][0]
    key = "AB12-CD34" if template == "account_code" else CONTEXT["url"]
    assert (key in message.body, key in html, "{{" in html, len(message.subject) > 10) == (True, True, False, True)
    assert f'lang="{language}"' in html


def test_every_mail_of_allauth_has_its_place():
    """An update that brings a new mail fails here, not when somebody waits for it."""
    from pathlib import Path

    import allauth

    folder = Path(allauth.__file__).parent / "templates"
    found = {
        str(path.relative_to(folder)).removesuffix("_subject.txt")
        for app in ("account", "mfa")
        for path in folder.glob(f"{app}/email/*_subject.txt")
    }
    never = {"account/email/password_reset_code", "account/email/email_confirm", "account/email/email_deleted"}
    assert found - never == {*MAILS, *CHANGES}


def test_two_at_once_are_two_mails(client):
    account()
    for _ in range(2):
        client.post("/en/accounts/password/reset/", {"email": "ida@example.org"})
    assert Delivery.objects.filter(list="account").values("period").distinct().count() == 2


def test_a_wrong_password_says_how_to_go_on(client):
    account()
    assert "have a code sent to you" in sign_in(client, password=PASSWORD + "x").content.decode()

"""Account pages in a real browser: by keyboard, without a script, in both schemes, and passkeys with a virtual authenticator."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from tests.support.accounts import PASSWORD, account, path_of
from tests.support.axe import sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OUTSIDE = (
    "login/?next=/en/desk/", "signup/", "login/code/", "password/reset/", "password/reset/done/", "confirm-email/", "confirm-email/x/",
    "password/reset/key/1-x/", "inactive/",
)  # fmt: skip
INSIDE = ("settings/", "email/", "password/change/", "2fa/", "2fa/webauthn/", "sessions/", "terms/", "logout/", "reauthenticate/")
AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


def sign_in(page, site, email="ida@example.org", password=PASSWORD, where="/en/accounts/login/"):
    page.goto(site + where)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def in_the_mail(pattern):
    """What stands in the newest mail that was sent."""
    return re.search(pattern, mail.outbox[-1].body).group()


def sign_out(page, site):
    page.goto(site + "/en/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()


def with_authenticator(page):
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def add_passkey(page, site, name="Work laptop"):
    """Proves the password, makes a passkey and ends at the recovery codes."""
    page.goto(site + "/en/accounts/2fa/webauthn/add/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name of the passkey").fill(name)
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/2fa/recovery-codes/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_pages_are_accessible_and_fit(new_page, live_site, width, scheme):
    account()
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    for path in OUTSIDE:
        page.goto(f"{live_site}/en/accounts/{path}")
        assert (path, violations(page), sideways(page)) == (path, [], 0)
    sign_in(page, live_site)
    for path in INSIDE:
        page.goto(f"{live_site}/en/accounts/{path}")
        assert (path, violations(page), sideways(page)) == (path, [], 0)


def test_signing_up_by_keyboard_and_the_mail(page, live_site):
    page.goto(live_site + "/en/accounts/signup/")
    page.get_by_label("Your name").focus()
    for text in ("Ida Holm", "ida@example.org", PASSWORD):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # past the links to terms and privacy, to the box
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/confirm-email/")
    page.goto(live_site + path_of(in_the_mail(r"http\S+/confirm-email/\S+")))
    page.get_by_role("button", name="Yes, confirm it").click()
    expect(page.get_by_text("Ida Holm").first).to_be_visible()


@pytest.mark.parametrize("scripted", [True, False])
def test_what_is_wrong_is_said_and_kept(new_page, live_site, scripted):
    page = new_page(java_script_enabled=scripted)
    page.goto(live_site + "/en/accounts/signup/")
    page.get_by_label("Your name").fill("Ida Holm")
    page.get_by_label("E-mail address").fill("ida@example.org")
    page.get_by_label("Password", exact=True).fill("1234567890")
    page.get_by_label("I accept").check()
    page.get_by_role("button", name="Create the account").click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert (page.get_by_label("Your name").input_value(), page.get_by_label("E-mail address").input_value()) == (
        "Ida Holm",
        "ida@example.org",
    )


def test_a_mailed_code_signs_in_without_a_script(new_page, live_site):
    account()
    page = new_page(java_script_enabled=False)
    page.goto(live_site + "/en/accounts/login/?next=/en/projects/")
    page.get_by_role("link", name="Send me a code instead").click()
    page.get_by_label("E-mail address").fill("ida@example.org")
    page.get_by_role("button", name="Send me the code").click()
    page.get_by_label("Code").fill(in_the_mail(r"\b[A-Z0-9]{3,4}-[A-Z0-9]{3,4}\b|\b[A-Z0-9]{6}\b"))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(live_site + "/en/projects/")


# ---- passkeys


def test_a_passkey_is_made_and_signs_in_alone(page, live_site):
    account()
    with_authenticator(page)
    sign_in(page, live_site)
    add_passkey(page, live_site)
    expect(page.locator(".codes li")).to_have_count(10)
    sign_out(page, live_site)
    page.goto(live_site + "/en/accounts/login/?next=/en/projects/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(live_site + "/en/projects/")
    page.goto(live_site + "/en/accounts/2fa/webauthn/")
    expect(page.get_by_role("cell", name="Work laptop", exact=True)).to_be_visible()
    assert violations(page) == []


def test_with_a_passkey_the_password_alone_is_not_enough(page, live_site):
    account()
    with_authenticator(page)
    sign_in(page, live_site)
    add_passkey(page, live_site)
    code = page.locator(".codes li").first.text_content()
    sign_out(page, live_site)
    sign_in(page, live_site)
    assert (page.url, violations(page)) == (live_site + "/en/accounts/2fa/authenticate/", [])
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(re.compile(r"/en/(desk/)?$"))
    sign_out(page, live_site)
    sign_in(page, live_site)
    page.get_by_label("Code").fill(code)  # the telephone is lost: a recovery code, once
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile(r"/en/(desk/)?$"))


def test_codes_of_an_app(page, live_site):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    account()
    sign_in(page, live_site)
    page.goto(live_site + "/en/accounts/2fa/totp/activate/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    assert (violations(page), page.locator(".qr").evaluate("image => image.naturalWidth > 0")) == ([], True)
    counter = next(yield_hotp_counters_from_time())
    page.get_by_label("Authenticator code").fill(format_hotp_value(hotp_value(page.locator("code").text_content(), counter)))
    page.locator("main").get_by_role("button", name="Turn on").click()
    page.wait_for_url("**/2fa/recovery-codes/")


# ---- the kept form, in the generic case: the account's own settings


@pytest.mark.parametrize("scripted", [True, False])
def test_a_form_that_meets_an_ended_session_is_filled_after_signing_in(new_page, live_site, scripted):
    account(name="Ida")
    page = new_page(java_script_enabled=scripted)
    sign_in(page, live_site)
    page.goto(live_site + "/en/accounts/settings/")
    page.get_by_label("Name").fill("Ida Holmgren")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("What you typed is kept for an hour")).to_be_visible()
    page.get_by_label("E-mail address").fill("ida@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert (page.url, page.get_by_label("Name").input_value()) == (live_site + "/en/accounts/settings/", "Ida Holmgren")
    expect(page.get_by_text("Nothing is lost")).to_be_visible()


def test_another_persons_sign_in_discards_what_was_typed(new_page, live_site):
    account(name="Ida")
    account("bo@example.org", name="Bo")
    page = new_page(java_script_enabled=False)
    sign_in(page, live_site)
    page.goto(live_site + "/en/accounts/settings/")
    page.get_by_label("Name").fill("Ida Holmgren")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save").click()
    sign_in(page, live_site, "bo@example.org", where="/en/accounts/login/?next=/en/accounts/settings/")
    assert page.get_by_label("Name").input_value() == "Bo"

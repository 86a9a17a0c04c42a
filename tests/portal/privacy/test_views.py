"""The pages of my rights: who gets in, what is asked for, what the answers say."""

import time

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from portal.models import Farewell, PersonalFile
from portal.privacy.actions import ask_for_copy
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PAGE = "/en/accounts/privacy/"


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def member(db):
    user = UserFactory(email="me@example.org", name="Me")
    user.set_password("long-enough-for-me")
    user.save()
    return user


@pytest.fixture
def trusted(client, member):
    """A client whose member gave the password just now."""
    client.force_login(member)
    session = client.session
    session["account_authentication_methods_user"] = str(member.pk)
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session.save()
    return client


def test_the_password_is_asked_for_and_then_it_goes_on(client, member):
    client.force_login(member)
    asked = client.post(f"{PAGE}copy/")
    assert asked.url.startswith("/en/accounts/reauthenticate/")
    done = client.post(asked.url, {"password": "long-enough-for-me"})
    assert (done.status_code, done.url, PersonalFile.objects.filter(user=member).count()) == (302, PAGE, 1)


def test_a_copy_is_fetched_by_its_owner_only(trusted, member, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        copy = ask_for_copy(member)
    address = f"{PAGE}copy/{copy.uuid}/"
    response = trusted.get(address)
    assert (response.status_code, response["Content-Type"], b"".join(response)[:2]) == (200, "application/zip", b"PK")
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    trusted.force_login(UserFactory(is_superuser=True))
    assert trusted.get(address).status_code == 404


def test_a_copy_is_gone_after_its_days(trusted, member, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        copy = ask_for_copy(member)
    PersonalFile.objects.update(expires_at=timezone.now())
    assert trusted.get(f"{PAGE}copy/{copy.uuid}/").status_code == 404
    assert b"Make a copy" in trusted.get(PAGE).content


def test_twice_in_a_row_is_refused_in_words(trusted):
    answers = [said(trusted.post(f"{PAGE}copy/"))[-1] for _ in range(2)]
    assert answers[1] == "Your copy is being made already. You are told when it is ready."


def test_leaving_takes_a_tick_and_the_password(trusted, client, member):
    refused = trusted.post(f"{PAGE}leave/")
    assert refused.context["form"].errors == {"agreed": ["Tick the box if you really want to leave."]}
    left = trusted.post(f"{PAGE}leave/", {"agreed": "on"})
    member.refresh_from_db()
    assert (left.url, member.is_active, Farewell.objects.get().user) == ("/en/", False, member)
    assert trusted.get(PAGE).status_code == 302


def test_signing_in_offers_to_come_back(trusted, client, member):
    trusted.post(f"{PAGE}leave/", {"agreed": "on"})
    signed_in = client.post("/en/accounts/login/", {"login": member.email, "password": "long-enough-for-me"})
    assert signed_in.url == f"{PAGE}come-back/"
    assert client.get(signed_in.url).status_code == 200
    back = client.post(signed_in.url)
    member.refresh_from_db()
    assert (back.url, member.is_active) == ("/en/accounts/login/", True)


def test_a_wrong_password_offers_nothing(trusted, client, member):
    trusted.post(f"{PAGE}leave/", {"agreed": "on"})
    assert client.post("/en/accounts/login/", {"login": member.email, "password": "wrong-wrong-wrong"}).status_code == 200
    assert client.get(f"{PAGE}come-back/").status_code == 404


def test_a_suspended_member_keeps_these_rights(client, suspended):
    client.force_login(suspended)
    assert [client.get(PAGE).status_code, client.get(f"{PAGE}leave/").status_code] == [200, 200]


def test_the_last_owner_reads_what_to_do_first(client, owner, colleague, organisation):
    client.force_login(owner)
    page = client.get(f"{PAGE}leave/").content.decode()
    assert ("Hand over first" in page, organisation.name in page, "Close my account" in page) == (True, True, False)

from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from members.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "lygtepæl-og-cykelsti"


def create(email="first@example.org"):
    out = StringIO()
    call_command("create_administrator", email=email, stdout=out)
    return out.getvalue()


def test_the_first_administrator_can_sign_in_at_once(client, monkeypatch):
    monkeypatch.setenv("ADMIN_PASSWORD", PASSWORD)
    create()
    client.post("/en/accounts/login/", {"login": "first@example.org", "password": PASSWORD})
    assert client.get("/cms/").status_code == 200


def test_the_address_is_verified_and_primary(monkeypatch):
    monkeypatch.setenv("ADMIN_PASSWORD", PASSWORD)
    create()
    address = EmailAddress.objects.get(email="first@example.org")
    assert (address.verified, address.primary, address.user.is_superuser) == (True, True, True)


def test_a_second_start_changes_nothing(monkeypatch):
    monkeypatch.setenv("ADMIN_PASSWORD", PASSWORD)
    create()
    monkeypatch.setenv("ADMIN_PASSWORD", "another-long-password")
    assert create("FIRST@example.org") == "FIRST@example.org is an administrator already.\n"
    assert User.objects.get(email="first@example.org").check_password(PASSWORD)


def test_a_member_can_be_made_administrator(stranger, monkeypatch):
    monkeypatch.setenv("ADMIN_PASSWORD", PASSWORD)
    create(stranger.email)
    stranger.refresh_from_db()
    assert (stranger.is_superuser, stranger.name) == (True, "Stranger")


@pytest.mark.parametrize(("email", "password"), [("no address", PASSWORD), ("a@example.org", "short"), ("a@example.org", "")])
def test_bad_values_are_refused_and_nobody_is_made(email, password, monkeypatch):
    monkeypatch.setenv("ADMIN_PASSWORD", password)
    with pytest.raises(CommandError):
        create(email)
    assert not User.objects.exists()


def test_reference_data_are_loaded_again_without_change():
    out = StringIO()
    call_command("prepare", stdout=out)
    assert "created=0 updated=0" in out.getvalue()

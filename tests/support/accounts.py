"""What tests of accounts share: a member who can sign in, and the mails that were queued."""

import re

from allauth.account.models import EmailAddress

from notifications.models import Delivery
from tests.factories import UserFactory

PASSWORD = "laid-again-elsewhere"


def account(email="ida@example.org", *, verified=True, password=PASSWORD, **fields):
    """A member with a confirmed address and a password."""
    user = UserFactory(email=email, **fields)
    user.set_password(password)
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
    return user


def sign_in(client, email="ida@example.org", password=PASSWORD, **extra):
    fields = {"login": email, "password": password, **extra.pop("fields", {})}
    return client.post("/en/accounts/login/", fields, **extra)


def change_address(client, email, password=PASSWORD):
    """Asks for another address; the portal asks for the password first and then goes on with what was sent."""
    asked = client.post("/en/accounts/email/", {"email": email, "action_add": ""})
    if "reauthenticate" in asked.url:
        return client.post(asked.url, {"password": password, "next": "/en/accounts/email/"})
    return asked


def is_signed_in(client):
    return "_auth_user_id" in client.session


def mails():
    """(template, address, language) of each account mail in the ledger, the first one first."""
    return list(Delivery.objects.filter(list="account").order_by("pk").values_list("template", "address", "language"))


def last_mail():
    """What the newest account mail will say."""
    return Delivery.objects.filter(list="account").latest("pk").context


def path_of(url):
    return re.sub(r"^https?://[^/]+", "", url)


SIGN_UP = {"name": "Ida Holm", "email": "ida@example.org", "password1": PASSWORD, "terms": "on", "time_zone": "Europe/Stockholm"}

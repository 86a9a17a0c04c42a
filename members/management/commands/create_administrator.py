"""Makes the first administrator, who can sign in at once."""

import getpass
import os
import sys

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from members.models import User


class Command(BaseCommand):
    help = (
        "Makes a member an administrator. E-mail address and password come from the arguments, from ADMIN_EMAIL and "
        "ADMIN_PASSWORD, or are asked for. An existing administrator is left as it is."
    )

    def add_arguments(self, parser):
        parser.add_argument("--email", default=os.environ.get("ADMIN_EMAIL", ""))
        parser.add_argument("--name", default="")

    def handle(self, *, email, name, **options):
        email = email or ask("E-mail address: ", input)
        check(validate_email, email)
        if User.objects.filter(email__iexact=email, is_superuser=True).exists():
            self.stdout.write(f"{email} is an administrator already.")
            return
        password = os.environ.get("ADMIN_PASSWORD", "") or ask("Password: ", getpass.getpass)
        check(validate_password, password)
        make_administrator(email, password, name)
        self.stdout.write(f"{email} is an administrator and can sign in.")


def ask(question, how):
    """Asks the person at the terminal; raises CommandError when there is none."""
    if not sys.stdin.isatty():
        raise CommandError("Set ADMIN_EMAIL and ADMIN_PASSWORD, or call this from a terminal.")
    return how(question)


def check(validator, value):
    """Runs a validator; its complaints become the command's."""
    try:
        validator(value)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error


@transaction.atomic
def make_administrator(email, password, name=""):
    """Makes or raises a member and verifies the address: without that, sign-in would ask for a mail to be confirmed."""
    user = User.objects.filter(email__iexact=email).first() or User(email=email)
    user.name = name or user.name
    user.is_staff = user.is_superuser = user.is_active = True
    user.set_password(password)
    user.save()
    EmailAddress.objects.filter(user=user).update(primary=False)
    EmailAddress.objects.update_or_create(user=user, email=user.email.lower(), defaults={"verified": True, "primary": True})

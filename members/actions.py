"""What happens to an account beside signing in and out, which is allauth's."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from members.consent import TERMS, Consent
from members.models import User
from members.naming import follow_name

UNCONFIRMED_FOR = timedelta(days=30)


@transaction.atomic
def accept_terms(user, *, now=None):
    """The member accepts the terms as they stand now; accepting twice is accepting once."""
    version = settings.PORTAL["terms_version"]
    user = User.objects.select_for_update().get(pk=user.pk)
    Consent.objects.get_or_create(user=user, document=TERMS, version=version, defaults={"at": now or timezone.now()})
    user.terms_version = version
    user.save(update_fields=["terms_version"])
    return user


@transaction.atomic
def change_settings(user, *, name, language, time_zone):
    """The member changes name, language of mails and time zone."""
    user = User.objects.select_for_update().get(pk=user.pk)
    user.name, user.language, user.time_zone = name, language, time_zone
    user.save(update_fields=["name", "language", "time_zone"])
    follow_name(user)
    return user


def forget_unconfirmed(*, now=None):
    """Accounts that nobody confirmed in a month are gone, with the address somebody gave. Returns how many.

    Those who signed up have consented to the terms. Whoever was given an account has not: it may be used after a year, and whoever
    only asks for a code to it does not put an end to it.
    """
    before = (now or timezone.now()) - UNCONFIRMED_FOR
    given = EmailAddress.objects.filter(verified=False, user__last_login=None, user__date_joined__lt=before)
    signed_up = User.objects.filter(emailaddress__in=given, pk__in=Consent.objects.values("user"), is_staff=False)
    unconfirmed = signed_up.exclude(emailaddress__verified=True)
    return unconfirmed.delete()[1].get("members.User", 0)


def end_expired_sessions():
    """Sessions whose time is over leave the database, with what was typed in them, and the list of where members are signed in."""
    SessionStore.clear_expired()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def end_sessions(user):
    """Sign the member out everywhere, also where the list of sessions does not know of it."""
    keys = set(UserSession.objects.filter(user=user).values_list("session_key", flat=True))
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator(chunk_size=1000):
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            keys.add(session.session_key)
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=user).delete()

"""What happens to an account beside signing in and out, which is allauth's."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from members.consent import TERMS, Consent
from members.models import User


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
    return user

"""The erasure of a person: what the inventory says, in one transaction. What an organisation owns stays, without the name."""

import logging

from django.contrib.auth.hashers import make_password
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from members.models import FORMER_DOMAIN, User
from portal.models import Farewell, PersonalFile
from portal.privacy.actions import discard, end_sessions
from portal.privacy.holdings import Person, scrub
from portal.privacy.inventory import EXTRAS, HOLDINGS
from records.actions import audit, erasing, remove_attachment
from records.models import Attachment

log = logging.getLogger("portal.privacy")


def erase(farewell_pk, *, now=None):
    """Erase the member of a farewell whose days are over; returns whether it was done. Twice is the same as once.

    The row of the member stays as a number without a person: audit entries and projects keep pointing to it.
    """
    now = now or timezone.now()
    with erasing():
        farewell = Farewell.objects.select_for_update().filter(pk=farewell_pk, due_at__lte=now).first()
        if not farewell:
            return False
        user = User.objects.select_for_update().get(pk=farewell.user_id)
        person = Person.of(user)
        end_sessions(user)
        for copy in PersonalFile.objects.filter(user=user):
            discard(copy)
        for extra in EXTRAS:
            extra(person)
        for holding in HOLDINGS.values():
            _forget(holding, person)
        _make_former(user, now)
        audit("erase", user, by=None)
        farewell.delete()
    log.info("A member was erased", extra={"member": user.pk})
    return True


def _forget(holding, person):
    """Own rows go, with their files, or are written over; and nobody's rows mention the person any longer."""
    scrub(holding, person)
    if holding.target_blank:
        holding.target_rows(person).update(**holding.target_blank)
    if holding.model == "members.User":
        return
    own = holding.own_rows(person)
    names = [name for column in holding.files for name in own.values_list(column, flat=True) if name]
    if holding.stays:
        if holding.blank:
            own.update(**holding.blank)
    else:
        _remove_attachments(holding.noun, own)
        own.delete()
    transaction.on_commit(lambda: [default_storage.delete(name) for name in names])


def _remove_attachments(noun, rows):
    kind = ContentType.objects.get_for_model(noun)
    for attachment in Attachment.objects.filter(target_type=kind, target_id__in=list(rows.values_list("pk", flat=True))):
        remove_attachment(attachment, by=None)


def _make_former(user, now):
    """What is left of the row: its number."""
    user.groups.clear()
    user.user_permissions.clear()
    for name, value in FORMER.items():
        setattr(user, name, value)
    user.email = f"former-{user.pk}{FORMER_DOMAIN}"
    user.password = make_password(None)
    user.date_joined = now
    user.save()


FORMER = {
    "name": "", "language": "", "time_zone": "UTC", "is_staff": False, "is_superuser": False, "is_active": False,
    "is_demo": False, "suspended_at": None, "last_login": None,
}  # fmt: skip

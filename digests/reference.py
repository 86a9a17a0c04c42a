"""The right to write issues of the digest, given to the roles that write for the portal. Idempotent."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

ROLES = ("Editors", "Moderators")
RIGHTS = ("add_issue", "change_issue", "delete_issue", "view_issue")


@transaction.atomic
def load():
    """A right an operator took away is put back, as for all rights of a role."""
    rights = Permission.objects.filter(content_type__app_label="digests", codename__in=RIGHTS)
    for group in Group.objects.filter(name__in=ROLES):
        group.permissions.add(*rights)
    return {}

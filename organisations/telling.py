"""Whom the verbs of organisations tell, and where the notification leads."""

from django.urls import reverse
from django.utils.translation import get_language

from members.moderators import moderators
from organisations.enums import Role


def path_to(name, *arguments):
    """The address of a page without the language in front, as notifications keep it."""
    url, code = reverse(name, args=arguments), get_language() or ""
    return url.removeprefix(f"/{code}") if url.startswith(f"/{code}/") else url


def owners(organisation):
    """(primary key, reason) of the owners who may act."""
    return [(pk, "owner") for pk in organisation.memberships.acting_owners().values_list("user_id", flat=True)]


def members(organisation):
    """(primary key, reason) of everybody who belongs to it and may act."""
    rows = organisation.memberships.acting().values_list("user_id", "role")
    return [(pk, "owner" if role == Role.OWNER else "member") for pk, role in rows]


def all_moderators():
    return [(person, "moderator") for person in moderators()]


def those_who_answer(organisation):
    """The owners; the moderators where no owner may act."""
    return owners(organisation) or all_moderators()

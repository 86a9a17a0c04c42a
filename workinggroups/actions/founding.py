"""Founding a group and changing what it says of itself, and what search knows of it."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState, changed_meanwhile
from common.rows import clean_row, clean_rows
from common.slugs import insert_with_slug
from records.actions import audit
from workinggroups.actions.admission import move_up
from workinggroups.actions.locking import IN_USE, locked, touch
from workinggroups.enums import GroupRole, GroupVisibility
from workinggroups.indexing import index_groups
from workinggroups.models import GroupMembership, GroupText, WorkingGroup
from workinggroups.rules import forget_roles

FIELDS = ("visibility", "joining", "member_limit", "mandate_from", "mandate_to")
NOUN = "group"


def found(*, by, organisation, texts, themes=(), tags=(), projects=(), now=None, **fields):
    """A new group as a draft, with `by` as its chair, for a verified organisation. `texts`: mappings, one of them the original.

    Raises `ValidationError` by field, and `WrongState` where the organisation is not verified.
    """
    now = now or timezone.now()
    if organisation.verified_at is None:
        message = _("%(name)s is not verified yet. A group is founded once a moderator has verified it.")
        raise WrongState(message % {"name": organisation}, code="not_verified")
    rows = _texts(texts)
    group = clean_row(WorkingGroup(organisation=organisation, created_by=by, last_activity_at=now, **fields), exclude=("slug",))
    with transaction.atomic():
        _insert(group, next(row for row in rows if row.is_original).name)
        _write(group, rows, themes, tags, projects)
        GroupMembership.objects.create(group=group, user=by, organisation=organisation, role=GroupRole.CHAIR, created_at=now)
        audit("create", group, by=by)
    forget_roles(by)
    return group


def update_group(group, *, by, texts, themes=(), tags=(), projects=(), revision=None, now=None, **fields):
    """Write what the group says of itself; a higher limit lets those who wait move up.

    Raises `ValidationError` by field, and `WrongState` for a closed or hidden group and where it was changed since `revision`.
    """
    rows = _texts(texts)
    with transaction.atomic():
        row = locked(group, states=IN_USE)
        if revision not in (None, row.revision):
            raise changed_meanwhile()
        row.revision += 1
        before = {name: getattr(row, name) for name in FIELDS}
        for name in FIELDS:
            setattr(row, name, fields.get(name, before[name]))
        clean_row(row, exclude=("slug",))
        _check_limit(row)
        row.save(update_fields=[*FIELDS, "revision", "updated_at"])
        _write(row, rows, themes, tags, projects)
        changed = {name: [str(before[name]), str(getattr(row, name))] for name in FIELDS if before[name] != getattr(row, name)}
        audit("update", row, by=by, changes=changed)
        touch(row, now=now)
        move_up(row, now=now)
    return row


def _check_limit(group):
    number = group.memberships.count()
    if group.member_limit is not None and group.member_limit < number:
        message = _("%(number)d people belong to the group already. Nobody is taken out by a limit.")
        raise ValidationError({"member_limit": message % {"number": number}})


def _insert(group, name):
    """A private group's address says nothing of its name: it must not show that a name is taken."""
    if group.visibility == GroupVisibility.PRIVATE:
        group.slug = f"{NOUN}-{secrets.token_hex(6)}"
        group.save(force_insert=True)
    else:
        insert_with_slug(group, name, noun=NOUN)


def _texts(texts):
    """Cleaned rows, exactly one of them the original, each with a name."""
    rows = clean_rows(GroupText, texts, keywords="")
    if [row.is_original for row in rows].count(True) != 1 or not all(row.name for row in rows):
        raise ValidationError({"name": _("Give the group a name in its first language.")})
    return rows


def _write(group, rows, themes, tags, projects):
    group.themes.set(themes)
    group.projects.set(projects)
    group.tags.set(tags)
    present = {text.language: text for text in GroupText.objects.filter(group=group)}
    group.texts.exclude(language__in=[row.language for row in rows]).delete()
    group.texts.update(is_original=False)
    for row in sorted(rows, key=lambda row: row.is_original):
        known = present.get(row.language)
        row.pk, row.group = known.pk if known else None, group
        row.summary = row.summary or (known.summary if known else "")
        row.save()
    group._prefetched_objects_cache = {}
    index_groups([group.pk])

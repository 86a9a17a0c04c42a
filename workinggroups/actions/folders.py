"""Folders of a group's files and links: one level of folders in folders. Removing one loses nothing that stands in it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.rows import clean_row
from common.text import clean_name, has_words
from records.actions import audit
from workinggroups.actions.locking import IN_USE, locked, locked_row
from workinggroups.models import Folder, Resource

MOST_FOLDERS = 200  # of one group


def make_folder(group, name, *, by, parent=None):
    """A new folder, at the top or in another one. Raises `ValidationError` by field for a name that is taken or a third level."""
    with transaction.atomic():
        row = locked(group, states=IN_USE)
        if row.folders.count() >= MOST_FOLDERS:
            raise WrongState(_("There are %(most)d folders already.") % {"most": MOST_FOLDERS}, code="too_many")
        above = _above(row, parent)
        folder = clean_row(Folder(group=row, parent=above, name=_free_name(row, above, name), created_by=by))
        folder.save(force_insert=True)
        audit("make_folder", row, by=by, changes={"folder": folder.pk, "name": folder.name})
    return folder


def edit_folder(folder, *, by, name, parent=None):
    """Call it something else, or let it stand in another one (at the top with None), with all that stands in it."""
    with transaction.atomic():
        row = _current(folder)
        above = _above(row.group, parent)
        if above and (above.pk == row.pk or row.folders.exists()):
            raise ValidationError({"parent": _("Folders stand in folders, and no deeper.")}, code="too_deep")
        before = {"name": row.name, "parent": row.parent_id}
        row.name, row.parent = _free_name(row.group, above, name, but=row), above
        after = {"name": row.name, "parent": above and above.pk}
        if before != after:
            clean_row(row).save(update_fields=["name", "parent"])
            changed = {field: [before[field], after[field]] for field in after if before[field] != after[field]}
            audit("edit_folder", row.group, by=by, changes={"folder": row.pk, **changed})
    return row


def remove_folder(folder, *, by):
    """An empty folder goes. Raises `WrongState` while something stands in it that is not removed."""
    with transaction.atomic():
        row = _current(folder)
        if row.folders.exists() or row.resources.filter(removed_at=None).exists():
            raise WrongState(_("Something stands in this folder. Move or remove that first."), code="not_empty")
        Resource.objects.filter(folder=row).update(folder=row.parent)
        audit("remove_folder", row.group, by=by, changes={"folder": row.pk, "name": row.name})
        row.delete()


def _current(folder):
    """The folder as it is now, with its group locked."""
    group = locked(folder.group, states=IN_USE)
    row = locked_row(folder)
    row.group = group
    return row


def _above(group, parent):
    """The folder another one is to stand in, as it is now."""
    if parent is None:
        return None
    row = Folder.objects.filter(pk=parent.pk, group=group).first()
    if row is None:
        raise ValidationError({"parent": _("This folder is not here any more. Choose another one.")}, code="gone")
    if row.parent_id is not None:
        raise ValidationError({"parent": _("Folders stand in folders, and no deeper.")}, code="too_deep")
    return row


def _free_name(group, parent, name, but=None):
    name = clean_name(name)
    if not name or not has_words(name):
        raise ValidationError({"name": _("Give the folder a name.")}, code="required")
    beside = Folder.objects.filter(group=group, parent=parent, name__iexact=name)
    if (beside.exclude(pk=but.pk) if but else beside).exists():
        raise ValidationError({"name": _("There is a folder of this name already.")}, code="taken")
    return name

"""Files and links of a group: added, changed, moved, removed and brought back. Nothing that was added is lost by what comes after it.

A file is read and kept while its group is locked, so that versions come one after the other; an address is never opened.
"""

import re
from contextlib import ExitStack
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState, changed_meanwhile
from common.rows import clean_row
from common.text import clean_name, clean_text
from common.web_addresses import checked_address
from notifications.actions import notify, said_in_languages
from records.actions import add_attachment, audit, change_attachment, remove_attachment
from records.models import Attachment
from workinggroups import telling
from workinggroups.actions.locking import IN_USE, locked, locked_row, touch
from workinggroups.enums import Audience, ResourceKind
from workinggroups.models import FileVersion, Folder, Resource

MOST_RESOURCES = 2_000  # of one group
MOST_VERSIONS = 100  # of one file
MOST_BYTES = 4 * 1024**3  # of one group, all versions together
#: Several files one after the other are told once: members leave groups that are loud.
QUIET = timedelta(hours=1)
#: So long what was removed can be brought back.
KEPT = timedelta(days=30)
A_SWEEP = 200
_PARTS = re.compile(r"[\s_-]+")


def add_file(group, file, *, by, key, title="", description="", alt="", language="", audience=Audience.MEMBERS, folder=None, now=None):
    """Keep `file` with the group as a resource with its first version; without a title it is called after its file.

    The same `key` again returns what was made. Raises `ValidationError` by field for a file that is refused, `WrongState` for a
    group that is closed or hidden.
    """
    now, name = now or timezone.now(), clean_name(getattr(file, "name", "") or "")
    title = title or _PARTS.sub(" ", name.rpartition(".")[0] or name).strip() or _("File")
    with ExitStack() as undo, transaction.atomic():
        row = locked(group, states=IN_USE)
        if known := row.resources.filter(key=key).first():
            return known
        made = _insert(row, folder, now, key=key, kind=ResourceKind.FILE, title=title[:200], description=description, language=language,
                       audience=audience, created_by=by, changed_by=by)  # fmt: skip
        _keep(made, file, undo, by=by, key=key, alt=alt, now=now)
        _tell_added(made, by=by, now=now)
        undo.pop_all()
    return made


def add_link(group, url, *, by, key, title, description="", language="", audience=Audience.MEMBERS, folder=None, now=None):
    """Keep a web address with the group. The same `key` again returns what was made. Raises as `add_file`."""
    now, address = now or timezone.now(), _address(url)
    with transaction.atomic():
        row = locked(group, states=IN_USE)
        if known := row.resources.filter(key=key).first():
            return known
        made = _insert(row, folder, now, key=key, kind=ResourceKind.LINK, title=title, description=description, language=language,
                       audience=audience, created_by=by, changed_by=by, url=address)  # fmt: skip
        _tell_added(made, by=by, now=now)
    return made


def add_version(resource, file, *, by, key, note="", alt="", now=None):
    """Keep `file` as the newest version; those before it stay. The same `key` again returns what was made. Raises as `add_file`."""
    now = now or timezone.now()
    with ExitStack() as undo, transaction.atomic():
        row = _current(resource)
        if row.is_link:
            raise WrongState(_("A link has no versions. Change its address."), code="link")
        if known := row.versions.filter(key=key).first():
            return known
        if row.versions.count() >= MOST_VERSIONS:
            message = _("There are %(most)d versions already. Add it as a new file.")
            raise WrongState(message % {"most": MOST_VERSIONS}, code="too_many")
        alt = alt or (row.file.alt if row.file else "")
        made = _keep(row, file, undo, by=by, key=key, alt=alt, note=note, now=now)
        audit("add_version", row.group, by=by, changes={"resource": row.pk, "version": made.number})
        touch(row.group, now=now)
        _tell_version(row, made, by=by)
        undo.pop_all()
    return made


def edit_resource(resource, *, by, now=None, revision=None, alt=None, **said):
    """Say something else about a resource: `title`, `description`, `language`, `audience`, `folder`, the `url` of a link.

    `alt` describes a picture. Raises `ValidationError` by field, and `WrongState` for a group that is closed or hidden and where
    somebody has changed it since `revision`.
    """
    with transaction.atomic():
        row = _current(resource)
        if revision not in (None, row.revision):
            raise changed_meanwhile()
        before = {name: getattr(row, name) for name in said}
        if "folder" in said:
            said["folder"] = _folder(row.group, said["folder"])
        if row.is_link and "url" in said:
            said["url"] = _address(said["url"])
        for name, value in said.items():
            setattr(row, name, value)
        if row.is_link:
            row.keywords = row.words_of(row.host)
        clean_row(row)
        changed = {name: [str(before[name] or ""), str(getattr(row, name) or "")] for name in said if before[name] != getattr(row, name)}
        if row.file and row.file.width and alt is not None:
            change_attachment(row.file, by=by, alt=alt)
        if changed:
            _write(row, [*changed, "keywords"], by=by, now=now or timezone.now())
            audit("edit_resource", row.group, by=by, changes={"resource": row.pk, **changed})
    return row


def move_resource(resource, folder, *, by):
    """Into another folder of the group, or to the top with None."""
    with transaction.atomic():
        row = _current(resource)
        to = _folder(row.group, folder)
        if row.folder != to:
            changes = {"resource": row.pk, "folder": [row.folder_id, to and to.pk]}
            Resource.objects.filter(pk=row.pk).update(folder=to)
            audit("move_resource", row.group, by=by, changes=changes)
            row.folder = to
    return row


def remove_resource(resource, *, by, now=None):
    """Nobody finds it any more; for thirty days it can be brought back. Moderators remove from closed groups, too."""
    with transaction.atomic():
        row = _current(resource, states=() if by.is_moderator else IN_USE)
        row.removed_at, row.removed_by = now or timezone.now(), by
        row.save(update_fields=["removed_at", "removed_by"])
        audit("remove_resource", row.group, by=by, changes={"resource": row.pk, "title": row.title})
        if row.created_by_id and row.created_by_id != by.pk and row.group.memberships.filter(user=row.created_by_id).exists():
            context = {"title": said_in_languages(row.group), "resource": row.title}
            notify("workinggroup.resource_removed", row.group, by=by, to=[(row.created_by_id, "group_member")], context=context)
    return row


def restore_resource(resource, *, by):
    """What was removed stands where it stood; twice is the same as once. What a moderator removed, moderators bring back."""
    with transaction.atomic():
        group = locked(resource.group, states=() if by.is_moderator else IN_USE)
        row = locked_row(resource)
        if row.removed_by and row.removed_by != by and row.removed_by.is_moderator and not by.is_moderator:
            raise WrongState(_("A moderator has removed it. Only moderators bring it back."), code="moderated")
        if row.removed_at is not None:
            row.removed_at = row.removed_by = None
            row.save(update_fields=["removed_at", "removed_by"])
            audit("restore_resource", group, by=by, changes={"resource": row.pk, "title": row.title})
    return row


def clear_removed(*, now=None):
    """By the clock: what was removed thirty days ago goes for good, with its files. Returns how many resources went."""
    before = (now or timezone.now()) - KEPT
    due = list(Resource.objects.filter(removed_at__lt=before).select_related("group").order_by("pk")[:A_SWEEP])
    return sum(_clear(resource, before) for resource in due)


def _clear(resource, before):
    """Whether it went: somebody may have brought it back meanwhile."""
    with transaction.atomic():
        group = locked(resource.group)
        row = group.resources.filter(pk=resource.pk, removed_at__lt=before).first()
        if row is None:
            return False
        for version in row.versions.prefetch_related("attachments"):
            for attachment in version.attachments.all():
                remove_attachment(attachment, by=None)
        audit("clear_resource", group, by=None, changes={"resource": row.pk})
        row.delete()
    return True


# ---- parts


def _current(resource, states=IN_USE):
    """The resource as it is now, with its group locked."""
    group = locked(resource.group, states=states)
    row = locked_row(resource)
    if row.removed_at is not None:
        raise WrongState(_("This is removed. Bring it back first."), code="removed")
    row.group = group
    return row


def _folder(group, folder):
    """The folder as it is now, for a group that is locked."""
    if folder is None:
        return None
    row = Folder.objects.filter(pk=folder.pk, group=group).first()
    if row is None:
        raise ValidationError({"folder": _("This folder is not here any more. Choose another one.")}, code="gone")
    return row


def _address(url):
    try:
        return checked_address(url)
    except ValidationError as refusal:
        raise ValidationError({"url": refusal.messages}) from refusal


def _insert(group, folder, now, **fields):
    if group.resources.filter(removed_at=None).count() >= MOST_RESOURCES:
        message = _("There are %(most)d files and links already. Remove what nobody needs any more.")
        raise WrongState(message % {"most": MOST_RESOURCES}, code="too_many")
    row = Resource(group=group, folder=_folder(group, folder), created_at=now, changed_at=now, **fields)
    row.keywords = row.words_of(row.host)
    clean_row(row).save(force_insert=True)
    audit("add_resource", group, by=row.created_by, changes={"resource": row.pk, "kind": str(row.kind), "title": row.title})
    touch(group, now=now)
    return row


def _keep(resource, file, undo, *, by, key, alt, now, note=""):
    """The file as the next version, with the group locked; what follows and fails leaves no bytes behind."""
    _check_space(resource.group, file)
    number = (resource.versions.values_list("number", flat=True).first() or 0) + 1
    version = FileVersion(resource=resource, key=key, number=number, note=clean_text(note, single_line=True), by=by, at=now)
    clean_row(version).save(force_insert=True)
    attachment = add_attachment(version, file, by=by, title=resource.title, alt=alt, language=resource.language)
    for name in (attachment.file.name, attachment.small_name):
        undo.callback(attachment.file.storage.delete, name)
    resource.current, resource.keywords = version, resource.words_of(attachment.name)
    _write(resource, ["current", "keywords"], by=by, now=now)
    return version


def _write(resource, fields, *, by, now):
    resource.changed_by, resource.changed_at, resource.revision = by, now, resource.revision + 1
    resource.save(update_fields=[*fields, "changed_by", "changed_at", "revision"])


def _check_space(group, file):
    versions = FileVersion.objects.filter(resource__group=group)
    taken = Attachment.objects.of(versions).aggregate(sum=Sum("size"))["sum"] or 0
    if taken + file.size > MOST_BYTES:
        message = _("The files of this group have %(size)s together; that is as much as there is room for. Remove what nobody needs.")
        raise WrongState(message % {"size": filesizeformat(taken)}, code="no_room")


def _tell_added(resource, *, by, now):
    """Members who hear of the group at all read it in the portal, for the first of several within the hour."""
    group = resource.group
    earlier = group.resources.filter(created_by=by, created_at__gt=now - QUIET).exclude(pk=resource.pk)
    if not earlier.exists():
        context = {"group": said_in_languages(group)}
        notify("workinggroup.resource_added", resource, by=by, to=telling.listening(group), context=context, now=now)


def _tell_version(resource, version, *, by):
    """Whoever has worked on the file hears that it has changed."""
    authors = {resource.created_by_id, *resource.versions.values_list("by_id", flat=True)}
    to = [(pk, reason) for pk, reason in telling.listening(resource.group) if pk in authors]
    if to:
        notify("workinggroup.file_changed", resource, by=by, to=to, note=version.note, context={"group": said_in_languages(resource.group)})

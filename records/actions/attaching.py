"""Files that belong to nouns: taken in by content, given a place, changed and taken away again."""

import re
from contextlib import ExitStack

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from common.rows import clean_row
from common.text import clean_name
from records.actions.auditing import audit
from records.files import DOCUMENT_BYTES, PICTURE_BYTES, recognise
from records.models import Attachment, AttachmentKind
from records.pictures import LARGEST, SMALL, read_picture, scaled

NAME_LENGTH = 120
MOST_FILES = 60  # of one noun


def add_attachment(target, file, *, by, kind=None, name="", title="", alt="", language="", undescribed=False):
    """Keep `file`, an uploaded or open binary file, with `target` and return the attachment.

    What it is follows from its content. Pictures are encoded anew, at most 2,400 pixels wide or high, with a smaller copy beside
    them; they need `alt`, unless they are `undescribed` for now: in a draft, of which only its author knows. Raises
    `ValidationError` for what is too large, of another kind or broken; then nothing is kept.
    """
    name = clean_name(name or getattr(file, "name", "") or "")
    _check_size(file, DOCUMENT_BYTES)
    form = recognise(file, name)
    kind = kind or (AttachmentKind.PICTURE if form.is_picture else AttachmentKind.DOCUMENT)
    if (kind != AttachmentKind.DOCUMENT) and not form.is_picture:
        raise ValidationError(_("A picture is a PNG, JPEG or WebP file."), code="file_kind")
    if form.is_picture:
        _check_size(file, PICTURE_BYTES)
    if form.is_picture and not alt.strip() and not undescribed:
        raise ValidationError({"alt": _("Describe the picture for people who do not see it.")}, code="required")
    attachment = Attachment(target=target, kind=kind, name=_safe_name(name, form.extension), content_type=form.content_type,
                            title=title, alt=alt, language=language, uploaded_by=by)  # fmt: skip
    if form.is_picture:
        return _keep(attachment, *_sizes(file, attachment))
    attachment.size = file.size if hasattr(file, "size") else File(file).size
    return _keep(attachment, file if isinstance(file, File) else File(file))


def change_attachment(attachment, *, by, **words):
    """Say something else about a file: `title`, `alt` or `language`. A picture keeps a description. Raises `ValidationError`."""
    before = {name: getattr(attachment, name) for name in words}
    for name, value in words.items():
        setattr(attachment, name, clean_name(value))
    changed = {name: [before[name], getattr(attachment, name)] for name in words if before[name] != getattr(attachment, name)}
    if not changed:
        return attachment
    if attachment.kind == AttachmentKind.PICTURE and not attachment.alt:
        raise ValidationError({"alt": _("Describe the picture for people who do not see it.")}, code="required")
    clean_row(attachment, exclude=("file", "name", "content_type", "target_type"))
    with transaction.atomic():
        attachment.save(update_fields=list(changed))
        audit("describe_file", attachment.target, by=by, changes={"file": attachment.name, **changed})
    return attachment


def move_attachment(attachment, *, by, up):
    """Let a file change places with the one of its kind before it (`up`) or after it. At the end of the row it stays."""
    with transaction.atomic():
        row = list(Attachment.objects.select_for_update().about(attachment.target).filter(kind=attachment.kind))
        place = next((number for number, one in enumerate(row) if one.pk == attachment.pk), None)
        to = None if place is None else place - 1 if up else place + 1
        if to is None or not 0 <= to < len(row):
            return attachment
        row[place], row[to] = row[to], row[place]
        for number, one in enumerate(row, 1):
            one.position = number
        Attachment.objects.bulk_update(row, ["position"])
        audit("move_file", attachment.target, by=by, changes={"file": attachment.name, "to": to + 1})
    return attachment


def _check_size(file, limit):
    size = File(file).size if not hasattr(file, "size") else file.size
    if size > limit:
        raise ValidationError(
            _("This file has %(size)s; at most %(limit)s can be added.") % {"size": filesizeformat(size), "limit": filesizeformat(limit)},
            code="file_size",
        )


def _safe_name(name, extension):
    """Letters, digits, dots and dashes of the last part of a path, ending as the content demands."""
    stem = re.split(r"[/\\]", name)[-1].rpartition(".")[0] or re.split(r"[/\\]", name)[-1]
    stem = re.sub(r"[^\w.-]+", "-", stem).strip("-.")[:NAME_LENGTH] or "file"
    return f"{stem}.{extension}"


def _sizes(file, attachment):
    """The picture and, where it is larger than that, its small copy; writes the bounds into the row."""
    picture, kind = read_picture(file)
    large, (attachment.width, attachment.height) = scaled(picture, kind, LARGEST)
    attachment.size = large.size
    small = scaled(picture, kind, SMALL)[0] if max(attachment.width, attachment.height) > SMALL else None
    return large, small


def _keep(attachment, content, small=None):
    clean_row(attachment, exclude=("file", "name", "content_type", "target_type"))
    storage = attachment.file.storage
    with ExitStack() as undo:  # a row that cannot be written leaves no file behind
        attachment.file.save(attachment.name, content, save=False)
        undo.callback(storage.delete, attachment.file.name)
        if small:
            undo.callback(storage.delete, storage.save(attachment.small_name, small))
        with transaction.atomic():
            others = Attachment.objects.about(attachment.target)
            if others.count() >= MOST_FILES:
                raise ValidationError(_("There are %(most)d files already. Take one away first.") % {"most": MOST_FILES}, code="too_many")
            attachment.position = (others.aggregate(last=Max("position"))["last"] or 0) + 1
            attachment.save(force_insert=True)
            audit("attach", attachment.target, by=attachment.uploaded_by, changes={"file": attachment.name})
        undo.pop_all()
    return attachment


def remove_attachment(attachment, *, by):
    """Take a file from its noun; the bytes go when the transaction holds."""
    names, storage = [attachment.file.name, attachment.small_name], attachment.file.storage
    with transaction.atomic():
        audit("detach", attachment.target, by=by, changes={"file": attachment.name})
        attachment.delete()
        transaction.on_commit(lambda: [storage.delete(name) for name in names if storage.exists(name)])

"""What a file is, told from its content: the name and the type a browser sends are not believed.

Sources of the signatures: the formats' own specifications (PDF 32000-1, PKWARE APPNOTE, ECMA-376, OASIS OpenDocument 1.3,
PNG, JFIF, RFC 9649).
"""

import zipfile
import zlib
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

PICTURE_BYTES = 10 * 1024 * 1024
DOCUMENT_BYTES = 20 * 1024 * 1024
PIXELS = 40_000_000
UNPACKED_BYTES = 300 * 1024 * 1024  # what an office file may grow to when somebody opens it
ENTRIES = 5_000
HEAD = 1024


@dataclass(frozen=True)
class Format:
    """A kind of file the portal takes."""

    extension: str
    content_type: str
    is_picture: bool = False


PDF = Format("pdf", "application/pdf")
OFFICE = {
    "word/": Format("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xl/": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ppt/": Format("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
TEXT = {"csv": Format("csv", "text/csv"), "txt": Format("txt", "text/plain")}
PICTURES = {
    "PNG": Format("png", "image/png", True),
    "JPEG": Format("jpg", "image/jpeg", True),
    "WEBP": Format("webp", "image/webp", True),
}
EXTENSIONS = {form.content_type: form.extension for form in (PDF, *OFFICE.values(), *TEXT.values(), *PICTURES.values())} | OPEN_DOCUMENT


def recognise(file, name):
    """The `Format` of an open binary `file`; `name` decides only between the kinds of plain text.

    Raises `ValidationError` for every other kind of file, for macros and for an archive that unpacks to something huge.
    """
    file.seek(0)
    head = file.read(HEAD)
    found = _by_signature(head) or (_in_archive(file) if head.startswith(b"PK\x03\x04") else _plain_text(file, name))
    file.seek(0)
    if not found:
        raise ValidationError(
            _("This kind of file cannot be added. Add a PDF, an office document, a CSV table, a text, or a PNG, JPEG or WebP picture."),
            code="file_kind",
        )
    return found


def _by_signature(head):
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PICTURES["PNG"]
    if head.startswith(b"\xff\xd8\xff"):
        return PICTURES["JPEG"]
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return PICTURES["WEBP"]
    return PDF if head.startswith(b"%PDF-") else None


def _in_archive(file):
    """An office document, from the archive's list of contents; nothing is unpacked but a name of at most 100 bytes."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_archive(entries)
            names = [entry.filename for entry in entries]
            if names[:1] == ["mimetype"] and entries[0].file_size <= 100:
                kind = archive.read("mimetype").decode("ascii", "replace")
                return Format(OPEN_DOCUMENT[kind], kind) if kind in OPEN_DOCUMENT else None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    return next((form for folder, form in OFFICE.items() if any(name.startswith(folder) for name in names)), None)


def _check_archive(entries):
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
        raise ValidationError(_("This file grows too large when it is opened."), code="file_bomb")
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise ValidationError(_("This file has macros. Save it without them and add it again."), code="file_macros")


def _plain_text(file, name):
    form = TEXT.get(name.rpartition(".")[2].lower())
    if not form:
        return None
    file.seek(0)
    content = file.read(DOCUMENT_BYTES + 1)
    has_controls = any(byte < 32 and byte not in b"\t\n\r\f" for byte in set(content))
    looks_like_markup = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
    return None if has_controls or looks_like_markup else form


def described(attachment):
    """“PDF, 2.1 MB, Danish”: kind, size and language of a document."""
    words = [EXTENSIONS.get(attachment.content_type, "").upper(), filesizeformat(attachment.size)]
    if attachment.language:
        words.append(_name_of_language(attachment.language))
    return ", ".join(word for word in words if word)


def _name_of_language(code):
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code

"""Small papers for the demo, made here and now: documents, tables and sheets that open in anybody's office programs."""

import io
import zipfile
from xml.sax.saxutils import escape

from django.core.files.base import ContentFile
from openpyxl import Workbook

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_LINKS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
)


def paper(name, text):
    """A file of this name with this text: .docx paragraph by paragraph, .xlsx and .csv line by line with cells between semicolons."""
    made = {"docx": _document, "xlsx": _sheet}.get(name.rpartition(".")[2], str.encode)
    return ContentFile(made(text.strip() + "\n"), name=name)


def _document(text):
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.splitlines())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", _TYPES)
        packed.writestr("_rels/.rels", _LINKS)
        packed.writestr("word/document.xml", _DOCUMENT.format(paragraphs))
    return target.getvalue()


def _sheet(text):
    book = Workbook()
    for line in text.splitlines():
        book.active.append([float(cell) if cell.replace(".", "", 1).isdigit() else cell for cell in line.split(";")])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()

"""Files as they come in life: cells by column from CSV, XLSX and JSON Lines."""

import csv
import io
import json
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

#: Larger files are refused before they are read: bytes on disk, and unpacked for XLSX.
FILE_LIMIT = 200_000_000
CELL_LIMIT = 5_000_000
_DELIMITERS = ";,\t|"
#: How a damaged spreadsheet shows while it is opened or read: as archive, as XML, or for what it lacks.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, ParseError, InvalidFileException, KeyError, IndexError, ValueError)


class UnreadableFile(Exception):
    """The file as a whole cannot be imported; the message says why."""


@dataclass
class Table:
    """The rows of a file as `(line, cells)`, where cells are texts by column, and the headings nobody knew."""

    rows: list
    ignored: list = field(default_factory=list)


def read_table(path, columns):
    """All rows of the file at `path` as a `Table` of `columns`. Raises `UnreadableFile` with a sentence for people."""
    path = Path(path)
    if not path.is_file():
        raise UnreadableFile(_("There is no file %(path)s.") % {"path": path})
    if path.stat().st_size > FILE_LIMIT:
        raise UnreadableFile(_("The file is larger than %(limit)s MB. Split it.") % {"limit": FILE_LIMIT // 1_000_000})
    readers = {".xlsx": _xlsx, ".xlsm": _xlsx, ".jsonl": _json_lines, ".ndjson": _json_lines, ".json": _json_lines}
    return _by_column(readers.get(path.suffix.lower(), _csv)(path, columns), columns)


def decode(content):
    """Text of a file: UTF-8 with or without mark, UTF-16 with its mark, else what Windows and old systems write."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _strictly(content, encoding)
    if b"\x00" in content:
        raise UnreadableFile(_("This is not a text file. Save it as CSV (UTF-8), XLSX or JSON Lines."))
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("iso-8859-1")


def _strictly(content, encoding):
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(_("The file is cut or damaged: %(error)s.") % {"error": error}) from error


def _delimiter(text, columns):
    """The one of `; , tab |` that divides the head line into the most columns we know."""
    head = text.lstrip().split("\n", 1)[0]
    known = {one: sum(columns.named(name.strip('" \r')) is not None for name in head.split(one)) for one in _DELIMITERS}
    return max(_DELIMITERS, key=lambda one: (known[one], head.count(one)))


def _csv(path, columns):
    text = decode(path.read_bytes())
    csv.field_size_limit(CELL_LIMIT)
    told = re.match(r"sep=(.)\r?\n", text)  # what Excel writes before the head line
    delimiter = told[1] if told else _delimiter(text, columns)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    last = 0
    try:
        for cells in reader:
            if not (told and last == 0):
                yield last + 1, cells
            last = reader.line_num
    except csv.Error as error:
        raise UnreadableFile(_("Line %(line)s cannot be read: %(error)s.") % {"line": last + 1, "error": error}) from error


def _xlsx(path, _columns):
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > 5 * FILE_LIMIT:
            raise UnreadableFile(_("The spreadsheet unpacks to more than it may. Split it."))
        book = load_workbook(path, read_only=True, data_only=True)
        for line, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            yield line, [_text(cell) for cell in cells]
        book.close()
    except _DAMAGE as error:
        raise UnreadableFile(_("The spreadsheet cannot be opened. Save it once more as XLSX.")) from error


def _json_lines(path, _columns):
    heads, parsed = {}, []
    for line, text in enumerate(decode(path.read_bytes()).splitlines(), start=1):
        if not text.strip():
            continue
        try:
            cells = json.loads(text)
        except (ValueError, RecursionError) as error:  # also a number of thousands of digits
            raise UnreadableFile(_("Line %(line)s is not JSON: %(error)s.") % {"line": line, "error": error}) from error
        if not isinstance(cells, dict):
            raise UnreadableFile(_("Line %(line)s is not a JSON object.") % {"line": line})
        heads.update(dict.fromkeys(cells))
        parsed.append((line, cells))
    yield 0, list(heads)
    for line, cells in parsed:
        yield line, [_text(cells.get(head)) for head in heads]


def _text(cell):
    """One cell of a spreadsheet or of JSON as the text a CSV file would hold."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, list):
        return "; ".join(_text(part) for part in cell)
    return cell if isinstance(cell, str) else str(cell)


def _by_column(lines, columns):
    lines = iter(lines)
    heads = next((cells for _line, cells in lines if any(cells)), [])
    named = [columns.named(head) for head in heads]
    missing = [column for column in columns.required if column not in named]
    if missing:
        message = _("The head line lacks the columns: %(columns)s. docs/import.md names all columns.")
        raise UnreadableFile(message % {"columns": ", ".join(missing)})
    table = Table(rows=[], ignored=[head for head, column in zip(heads, named, strict=True) if column is None and head])
    for line, cells in lines:
        row = {}
        for column, cell in zip(named, cells, strict=False):
            if column and not row.get(column):
                row[column] = cell.strip()
        if any(row.values()):
            table.rows.append((line, row))
    return table

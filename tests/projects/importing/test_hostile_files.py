"""Files made to break the import: bombs, damage and formulas end in a sentence or in text (TC-12 for `import_projects`)."""

import io
import json
import zipfile

import pytest
from openpyxl import Workbook

from projects.importing.columns import PROJECTS
from projects.importing.reading import UnreadableFile, read_table

SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><worksheet><sheetData><row><c t='str'><v>&i;</v></c></row></sheetData></worksheet>"
)


@pytest.fixture
def workbook(tmp_path):
    """Returns a function: the path of a workbook with these rows, some of its parts replaced."""

    def write(rows=(("id", "title"), (1, "Lamps")), **parts):
        book, packed = Workbook(), io.BytesIO()
        for cells in rows:
            book.active.append(cells)
        book.save(packed)
        path = tmp_path / "a.xlsx"
        with zipfile.ZipFile(packed) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                target.writestr(name, parts.get(name, source.read(name)))
        return path

    return write


def test_a_formula_is_what_was_kept_of_its_result(workbook):
    rows = read_table(workbook([("id", "title"), (1, "=1+1"), (2, "Lamps")]), PROJECTS).rows
    assert rows == [(2, {"source_key": "1", "title": ""}), (3, {"source_key": "2", "title": "Lamps"})]


@pytest.mark.parametrize("content", [LAUGHS, "<worksheet><sheetData><row>", "no markup", "", "<worksheet><row><c r='\x00'/></row>"])
def test_a_damaged_sheet_is_refused_in_words(workbook, content):
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        read_table(workbook(**{SHEET: content}), PROJECTS)


def test_a_workbook_without_sheets_is_refused_in_words(workbook):
    empty = '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets/></workbook>'
    with pytest.raises(UnreadableFile):
        read_table(workbook(**{"xl/workbook.xml": empty}), PROJECTS)


def test_a_workbook_that_unpacks_to_gigabytes_is_not_unpacked(workbook, monkeypatch):
    monkeypatch.setattr("projects.importing.reading.FILE_LIMIT", 100_000)
    with pytest.raises(UnreadableFile, match="unpacks to more"):
        read_table(workbook(**{"xl/media/zeros.bin": b""}, **{"xl/styles.xml": b"0" * 1_000_000}), PROJECTS)


def test_a_damaged_archive_is_refused_in_words(workbook):
    path = workbook()
    content = path.read_bytes()
    middle = content.index(b"sheet1.xml") + 40
    path.write_bytes(content[:middle] + b"\x00" * 60 + content[middle + 60 :])
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        read_table(path, PROJECTS)


def test_a_hundred_thousand_columns(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text("id,title," + ",".join(f"c{number}" for number in range(100_000)) + "\n1,Lamps" + ",x" * 100_000 + "\n")
    assert read_table(path, PROJECTS).rows == [(2, {"source_key": "1", "title": "Lamps"})]


@pytest.mark.parametrize("line", ['{"id": ' + "1" * 5_000 + "}", "[" * 100_000, '{"id": "\\ud800"', "NaN", '"text"'])
def test_a_hostile_line_of_json_is_refused_in_words(tmp_path, line):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": 1, "title": "Lamps"}) + "\n" + line + "\n")
    with pytest.raises(UnreadableFile, match="Line 2"):
        read_table(path, PROJECTS)

"""Files as they come."""

import json
from datetime import datetime

import pytest
from openpyxl import Workbook

from projects.importing.columns import ORGANISATIONS, PARTNERS, PROJECTS
from projects.importing.reading import UnreadableFile, decode, read_table


@pytest.fixture
def file(tmp_path):
    def write(content, name="projects.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encodings_and_delimiters(file, encoding, delimiter):
    content = f"id{delimiter}titel\r\n1{delimiter}Grøn å i Malmö\r\n".encode(encoding)
    assert read_table(file(content), PROJECTS).rows == [(2, {"source_key": "1", "title": "Grøn å i Malmö"})]


def test_excel_says_its_delimiter(file):
    assert read_table(file("sep=|\r\nid|titel\r\n1|x;y\r\n"), PROJECTS).rows == [(3, {"source_key": "1", "title": "x;y"})]


def test_windows_quotes_are_understood():
    assert decode(b"\x93Smart\x94 \x96 \x80 5") == "“Smart” – € 5"


@pytest.mark.parametrize(
    "head", ["source_key,title,start_date,kind", "Kildenøgle,Titel,Startdato,Projekttype", "källnyckel,TITEL,Start datum,typ"]
)
def test_headings_in_three_languages(file, head):
    rows = read_table(file(f"{head}\nA,B,2021-01-01,pilot\n"), PROJECTS).rows
    assert rows == [(2, {"source_key": "A", "title": "B", "start_date": "2021-01-01", "kind": "pilot"})]


def test_translations_have_columns_of_their_own(file):
    table = read_table(file("id,title,title_en,abstract_sv,title_xx\n1,a,b,c,d\n"), PROJECTS)
    assert table.rows == [(2, {"source_key": "1", "title": "a", "title_en": "b", "story_sv": "c"})]
    assert table.ignored == ["title_xx"]


def test_line_numbers_count_lines_of_the_file(file):
    table = read_table(file('id,title\n1,"two\nlines"\n\n2,b\n'), PROJECTS)
    assert [line for line, _cells in table.rows] == [2, 5]


def test_a_spreadsheet(tmp_path):
    book = Workbook()
    for cells in (["Id", "Titel", "Budget", "Slutdato"], [7, "Lys", 1500.5, datetime(2021, 12, 31)], [None, None, None, None]):
        book.active.append(cells)
    book.save(tmp_path / "a.xlsx")
    assert read_table(tmp_path / "a.xlsx", PROJECTS).rows == [
        (2, {"source_key": "7", "title": "Lys", "budget": "1500.5", "end_date": "2021-12-31"})
    ]


def test_json_lines(file):
    lines = [{"source_key": 1, "title": "Lys", "themes": ["energy", "air"]}, {"source_key": 2, "title": "Luft", "url": None}]
    rows = read_table(file("\n".join(map(json.dumps, lines)), "a.jsonl"), PROJECTS).rows
    assert rows[0] == (1, {"source_key": "1", "title": "Lys", "themes": "energy; air", "url": ""})
    assert rows[1][0] == 2


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", "titel,budget\nx,1\n", "source_key"),
        ("a.csv", "", "title, source_key"),
        ("a.csv", b"id,title\n1,a\x00b\n", "not a text file"),
        ("a.csv", b"\xff\xfei\x00d", "lacks|cut"),
        ("a.xlsx", b"PK\x03\x04 broken", "cannot be opened"),
        ("a.jsonl", '{"title": ', "Line 1 is not JSON"),
        ("a.jsonl", "[1]", "not a JSON object"),
        ("a.jsonl", "[" * 100_000, "not JSON"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(file, name, content, sentence):
    with pytest.raises(UnreadableFile, match=sentence):
        read_table(file(content, name), PROJECTS)


def test_no_file(tmp_path):
    with pytest.raises(UnreadableFile, match=r"no file .*nowhere\.csv"):
        read_table(tmp_path / "nowhere.csv", PROJECTS)


def test_files_of_organisations_and_partners(file):
    organisations = read_table(file("org_id,name,cvr,web_domain\no1,Køge Kommune,29189374,koege.dk\n"), ORGANISATIONS)
    partners = read_table(file("project_id,org_id,role\np1,o1,coordinator\n"), PARTNERS)
    assert organisations.rows[0][1] == {"key": "o1", "name": "Køge Kommune", "registration": "29189374", "domain": "koege.dk"}
    assert partners.rows[0][1] == {"source_key": "p1", "key": "o1", "role": "coordinator"}

"""One row of a file as a project, and what is wrong with it by column."""

from datetime import date

import pytest

from projects.importing.rows import RowReader
from projects.importing.vocabulary import Vocabulary
from taxonomy.models import Municipality, Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def read():
    reader = RowReader(Vocabulary(), "test")
    return lambda **cells: reader.read({"source_key": "1", "title": "Lamps", **cells})


@pytest.fixture
def complaints(read):
    """The columns a row is refused for, with the first words of the reason."""
    return lambda **cells: [(column, str(message)) for column, message in read(**cells)[1]]


def slugs(model, pks):
    return [model.objects.get(pk=pk).slug for pk in pks]


def test_the_least_a_row_needs(read):
    row, errors = read()
    assert (errors, row.source, row.texts[0]["language"], row.kind) == ([], "test", "mul", "research")


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"title": ""}, "title"),
        ({"title": "🚲 —"}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"source_key": ""}, "source_key"),
        ({"start_date": "2021-13-31"}, "start_date"),
        ({"start_date": "2022-01-01", "end_date": "2021-01-01"}, "end_date"),
        ({"budget": "much", "currency": "DKK"}, "budget"),
        ({"budget": "100"}, "currency"),
        ({"story": "x" * 60_001}, "story"),
        ({"story": "a\x00b"}, "story"),
        ({"kind": "miracle"}, "kind"),
        ({"phase": "limbo"}, "phase"),
        ({"language": "Klingon"}, "language"),
        ({"municipality_codes": "0259; 9999"}, "municipality_codes"),
        ({"themes": "energy; alchemy"}, "themes"),
        ({"goals": "18"}, "goals"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"latitude": "95", "longitude": "12"}, "latitude"),
        ({"country": "Utopia"}, "country"),
    ],
)
def test_what_is_wrong_is_said_by_column(complaints, cells, column):
    assert [where for where, _message in complaints(**cells)] == [column]


def test_a_wrong_date_is_named(complaints):
    assert complaints(end_date="2021-13-31") == [("end_date", "“2021-13-31” does not exist in the calendar.")]


def test_everything_wrong_is_said_at_once(complaints):
    assert [column for column, _message in complaints(title="", kind="x", budget="y", currency="DKK")] == ["title", "kind", "budget"]


def test_places_by_code_and_by_name_in_any_language(read):
    row, _errors = read(municipality_codes="259; Köpenhamn, malmø", country="DK")
    assert slugs(Municipality, row.places) == ["koge", "copenhagen", "malmo"]


def test_the_middle_of_a_municipality_is_no_point_of_its_own(read):
    assert read(municipality_codes="1280", latitude="55.5654", longitude="13.026")[0].point == ()
    assert read(municipality_codes="1280", latitude="55,6", longitude="12,99")[0].point == (55.6, 12.99)


def test_a_region_is_the_place_where_no_other_is_named(read):
    assert read(region="Skåne län; Hallands län")[0].site == "Skåne län, Hallands län"
    assert read(region="Skåne län", municipality_codes="1280")[0].site == ""


def test_themes_by_slug_name_and_synonym(read):
    row, errors = read(themes="energy, Luft og støj; gatubelysning")
    assert (errors, slugs(Theme, row.themes)) == ([], ["energy", "air", "lighting"])


def test_joined_themes_are_those_the_text_speaks_of(read):
    row, _errors = read(title="Regn", themes_derived="environment_water_waste; lighting_safety_infra", story="Skybrud fylder kloakken.")
    assert slugs(Theme, row.themes) == ["water"]


def test_joined_themes_without_any_word_give_the_first(read):
    assert slugs(Theme, read(themes_derived="health_welfare")[0].themes) == ["health"]


def test_translations_are_texts(read):
    row, _errors = read(title="Lys", language="da", title_en="Light", story_en="It dims.", story_sv="Utan titel.")
    assert [(text["language"], text["title"], text["is_original"]) for text in row.texts] == [("da", "Lys", True), ("en", "Light", False)]


def test_html_and_soft_hyphens_are_gone(read):
    row, _errors = read(title="Lys\u00adstyring <b>nu</b>", story="<p>Lam\u00adper</p>")
    assert (row.texts[0]["title"], row.texts[0]["story"]) == ("Lysstyring nu", "Lamper")


def test_tags_are_clean_and_short(read):
    assert read(tags="LED; led; " + "x" * 80)[0].tags == ["LED"]
    assert read(tags="LED, sensor")[0].tags == ["LED", "sensor"]


def test_partners_with_and_without_role(read):
    row, _errors = read(partners="DTU (forskning); Gate 21; Firma (Fyn) A/S")
    assert [(one["name"], str(one["role"])) for one in row.partners] == [
        ("DTU", "research"),
        ("Gate 21", "partner"),
        ("Firma (Fyn) A/S", "partner"),
    ]


@pytest.mark.parametrize(
    ("title", "kind"),
    [("Förstudie om buller", "pilot"), ("Udbud af sensorer", "procurement"), ("Demonstration av ljus", "demonstration")],
)
def test_the_kind_is_read_from_the_title_where_none_is_given(read, title, kind):
    assert read(title=title)[0].kind == kind


@pytest.mark.parametrize(
    ("start", "end", "phase"),
    [("2030-01-01", "", "planning"), ("2020-01-01", "2021-01-01", "evaluation"), ("2024-01-01", "2028-01-01", "demonstration")],
)
def test_the_phase_follows_from_the_dates_where_none_is_given(read, start, end, phase):
    assert read(start_date=start, end_date=end)[0].phase_at(date(2026, 1, 1)) == phase


def test_a_phase_that_is_given_stays(read):
    assert read(phase="i drift", end_date="2020-01-01")[0].phase_at(date(2026, 1, 1)) == "operation"

import pytest
from django.core.exceptions import ValidationError

from common.rows import clean_row, clean_rows
from projects.models import Lesson, Link, Project, ProjectText, Site


def refused(model, values):
    with pytest.raises(ValidationError) as error:
        clean_rows(model, [values])
    return error.value.messages


def test_texts_are_cleaned():
    lesson = clean_row(Lesson(kind="worked", title=" Two \u200b\n lines ", text="a\r\nb "), exclude=("project",))
    assert (lesson.title, lesson.text) == ("Two lines", "a\nb")


def test_rows_are_numbered_in_their_order():
    rows = clean_rows(Link, [{"url": "https://a.example"}, {"url": "https://b.example"}], project=Project())
    assert [row.position for row in rows] == [0, 1]


def test_a_text_that_is_too_long_is_refused_with_both_numbers():
    assert refused(ProjectText, {"language": "en", "title": "x", "story": "y" * 300_000, "project": Project()}) == [
        "Text 1: Keep this below 60000 characters; it has 300000."
    ]


@pytest.mark.parametrize(
    ("model", "values", "message"),
    [
        (Link, {"url": "javascript:alert(1)"}, "Link 1: Enter a valid URL."),
        (Lesson, {"kind": "no", "title": "x"}, "Lesson learned 1: Value 'no' is not a valid choice."),
        (Lesson, {"kind": "worked", "title": ""}, "Lesson learned 1: This field cannot be blank."),
        (Lesson, {"kind": "worked", "title": "a\x00b"},
         "Lesson learned 1: The text holds a character that cannot be stored. Paste it again as plain text."),
        (Site, {}, "Site 1: A site needs a municipality, a label or both numbers of a point."),
        (Site, {"label": "x", "latitude": 55.0}, "Site 1: A site needs a municipality, a label or both numbers of a point."),
        (Site, {"latitude": 95.0, "longitude": 12.0},
         "Site 1: A latitude lies between −90 and 90, a longitude between −180 and 180."),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_by_name_and_number(model, values, message):
    assert refused(model, {**values, "project": Project()}) == [message]


def test_an_unknown_field_is_a_mistake_of_the_caller():
    with pytest.raises(TypeError):
        clean_rows(Lesson, [{"colour": "red"}])

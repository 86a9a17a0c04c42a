import pytest
from django.core.exceptions import ValidationError

from common.text import clean_name, clean_text, has_words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Lys på stien  ", "Lys på stien"),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("abc\u202egnp.exe", "abcgnp.exe"),
        ("bell\x07 and escape\x1b[31m", "bell and escape[31m"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("A\u030arhus", "Århus"),
        ("e" + "\u0301" * 500, "\u00e9" + "\u0301" * 3),
        ("\ud800lone", "lone"),
        ("👩‍🔬 lab", "👩‍🔬 lab"),
        (None, ""),
    ],
)
def test_text_is_kept_without_what_cannot_be_seen(typed, kept):
    assert clean_text(typed) == kept


def test_a_name_is_one_line_of_plain_letters():
    assert clean_name("ﬁne\n  Ｃｉｔｙ\tlab") == "fine City lab"


def test_text_keeps_its_lines_and_forms():
    assert clean_text("12 m²\nnext") == "12 m²\nnext"


def test_a_nul_is_refused_in_words():
    with pytest.raises(ValidationError) as refused:
        clean_text("a\x00b")
    assert refused.value.code == "null_character"


@pytest.mark.parametrize(("text", "found"), [("🚲🚲", False), ("— – …", False), ("5G", True), ("Øl", True), ("", False)])
def test_a_title_needs_a_letter_or_a_digit(text, found):
    assert has_words(text) is found

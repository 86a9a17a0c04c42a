"""Texts of other systems."""

import pytest

from projects.importing.cleaning import SUMMARY_LENGTH, clean_story, first_words, restore_lost, strip_html


@pytest.mark.parametrize(
    ("lost", "restored"),
    [
        ("SMV¿er i EU¿s programmer", "SMV’er i EU’s programmer"),
        ("et ¿fyrtårn¿, der", "et “fyrtårn”, der"),
        ("(¿akademier¿)", "(“akademier”)"),
        ("vand ¿ dette giver", "vand – dette giver"),
        ("herunder: ¿ Test. Mere. ¿ Drift.", "herunder:\n- Test. Mere.\n- Drift."),
        ("skal:¿ styrke net¿ sikre drift¿ koordinere", "skal:\n- styrke net\n- sikre drift\n- koordinere"),
        ("Peoples¿ Palace", "Peoples’ Palace"),
        ("¿Qué hacer?", "¿Qué hacer?"),
        ("nothing lost", "nothing lost"),
    ],
)
def test_lost_characters(lost, restored):
    assert restore_lost(lost) == restored


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>One</p><p>Two &amp; three</p>", "One\nTwo & three\n"),
        ("a<br/>b", "a\nb"),
        ("<ul><li>x</li><li>y</li></ul>", "\n- x\n- y\n"),
        ("<div>ok<script>alert(1)</script></div>", "ok\n"),
        ("x < y and y > z", "x < y and y > z"),
        ("caf&eacute;", "café"),
    ],
)
def test_html_becomes_text(text, plain):
    assert strip_html(text) == plain


def test_headings_with_nothing_below_are_left_out():
    assert clean_story("Syfte och mål:\n\nFörväntade effekter:\nMindre buller.\n\nUpplägg:") == "# Förväntade effekter\nMindre buller."


def test_indented_lines_are_no_code():
    assert clean_story("One.\n        Two.\n\n\n\nThree.") == "One.\nTwo.\n\nThree."


def test_a_summary_is_the_first_whole_sentences():
    story = "# Aim\nThe lamps dim. Nobody noticed. " + "Word " * 80 + "end."
    assert first_words(story) == "The lamps dim. Nobody noticed."


def test_a_summary_does_not_repeat_the_title():
    assert first_words("Lamps that dim\n\nThey save power.", "Lamps that dim.") == "They save power."


def test_a_summary_of_one_endless_sentence_is_cut_at_a_word():
    summary = first_words("word " * 200)
    assert (len(summary) <= SUMMARY_LENGTH, summary[-6:]) == (True, "word …")


def test_no_story_no_summary():
    assert first_words("") == ""

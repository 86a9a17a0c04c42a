"""The words of docs/concepts.md are the words of the catalogues."""

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[1]
ROW = re.compile(r"^\| ([a-z ]+) \| ([^|]+) \| ([^|]+) \| .+\|$", re.MULTILINE)
WORDS = [match.groups() for match in ROW.finditer((ROOT / "docs" / "concepts.md").read_text()) if match[1] != "en"]
# English words with a second meaning in sentences ("you need", "a site of the web"): held where they stand alone.
AMBIGUOUS = {
    "need",
    "site",
    "result",
    "goal",
    "event",
    "member",
    "phase",
    "document",
    "partner",
    "tag",
    "theme",
    "milestone",
    "membership",
    "registration",
    "follow",
    "delivery",
    "run",
    "post",  # the button "Post a project"
    "mention",  # "You mention …"
    "minutes",  # "ready within some minutes"
    "invitation",  # its Swedish plural has another stem: inbjudan, inbjudningar
}
# Endings that Danish and Swedish put on a noun may change its last letters: (et) tema, temaet, temaer; lärdom, lärdomar.
STEM = {"en": 0, "da": 1, "sv": 1}
#: Words whose forms share less than that: formand, formænd; kommissorium, kommissoriet.
FORMS = {
    ("da", "chair"): ("formand", "formænd"),
    ("da", "mandate"): ("kommissori",),
    ("sv", "test request"): ("testförfråg",),  # förfrågan, förfrågningar
    ("da", "confidential part"): ("fortrolig del", "fortrolige del"),
    ("sv", "confidential part"): ("konfidentiell del", "konfidentiella del"),
}


def catalogue(code):
    return polib.pofile(str(ROOT / "locale" / code / "LC_MESSAGES" / "django.po"))


def plain(text):
    """Returns a text without its placeholders, whose names are no words for people."""
    return re.sub(r"%\(\w+\)[sd]|\{\w*\}", "", text)


def texts(entry):
    return entry.msgstr, *entry.msgstr_plural.values()


def test_the_table_is_read():
    assert ("municipality", "kommune", "kommun") in WORDS
    assert len(WORDS) > 15


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words[0])
@pytest.mark.parametrize(("code", "column"), [("da", 1), ("sv", 2)])
def test_a_word_alone_is_translated_as_the_table_says(words, code, column):
    said = {entry.msgstr.lower() for entry in catalogue(code) if entry.msgid.lower() == words[0] and entry.msgstr}
    assert said <= {words[column].strip()}


@pytest.mark.parametrize("words", [row for row in WORDS if row[0] not in AMBIGUOUS], ids=lambda words: words[0])
@pytest.mark.parametrize(("code", "column"), [("da", 1), ("sv", 2)])
def test_a_sentence_uses_the_word_of_the_table(words, code, column):
    wanted = FORMS.get((code, words[0]), (words[column].strip()[: -STEM[code]],))
    english = re.compile(rf"\b{words[0].removesuffix('y')}(y|ies|s)?\b", re.IGNORECASE)
    strange = [
        entry.msgid
        for entry in catalogue(code)
        if english.search(plain(entry.msgid)) and not any(form in text.lower() for text in texts(entry) for form in wanted)
    ]
    assert strange == []

"""What people type, made safe to keep: used by forms and by the importer alike."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Control characters but tab and new line; zero-width and other invisible marks; marks that turn the direction of text.
# ZWJ (U+200D) stays: emoji of families and professions are written with it.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_NEW_LINES = re.compile(r"\r\n?")
_BLANKS = re.compile(r"\s+")
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4,}")


def clean_text(text, *, single_line=False, fold_forms=False):
    """Text as it is kept: composed (NFC), without invisible, control and direction marks, stripped at its ends.

    `single_line` joins white space to single blanks (titles, names); `fold_forms` uses NFKC, so that look-alike forms of
    one letter become that letter (names people are found by). Raises `ValidationError` where a NUL stands in the text:
    no keyboard types it, and PostgreSQL cannot hold it.
    """
    text = str(text or "")
    if "\x00" in text:
        raise ValidationError(_("The text holds a character that cannot be stored. Paste it again as plain text."), code="null_character")
    text = unicodedata.normalize("NFKC" if fold_forms else "NFC", text)
    text = _UNWANTED.sub("", _NEW_LINES.sub("\n", text))
    text = _MARKS.sub(lambda run: run.group()[:3], text)
    return (_BLANKS.sub(" ", text) if single_line else text).strip()


def clean_name(text):
    """A name or title: one line, NFKC."""
    return clean_text(text, single_line=True, fold_forms=True)


def has_words(text):
    """Whether there is a letter or a digit: a title of only emoji or dashes cannot be read out, sorted or found."""
    return any(character.isalnum() for character in text)

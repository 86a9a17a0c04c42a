"""Alphabetical order as people of each language expect it, without collations of the database.

Sources: Dansk Sprognævn, Retskrivningsordbogen § 3 (æ, ø, å last; aa in names is å); Svenska Akademiens ordlista
(å, ä, ö last; w stands with v only in older lists, so it is a letter of its own here).
"""

import unicodedata

from django.utils.translation import get_language

# Letters that stand after z, in their order, and foreign letters that are read as one of them.
_LAST = {
    "da": ("æøå", str.maketrans({"ä": "æ", "ö": "ø"})),
    "sv": ("åäö", str.maketrans({"æ": "ä", "ø": "ö"})),
}
_AS_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "đ": "d", "ł": "l", "þ": "th", "ð": "d"})
_AFTER_Z = 0x10000  # beyond every letter that folding leaves


def _fold(text):
    decomposed = unicodedata.normalize("NFKD", text.translate(_AS_LETTERS))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def sort_key(text, language=None):
    """The key of a name for `sorted()` in a language (the reader's when none is given).

    Letters decide first; names alike in letters are told apart by the text itself, so the order is always the same.
    """
    language = language or get_language() or "en"
    text = unicodedata.normalize("NFC", str(text))
    lowered = text.casefold() if language not in _LAST else text.lower()
    key = []
    if language in _LAST:
        letters, same = _LAST[language]
        lowered = lowered.translate(same)
        if language == "da":
            lowered = lowered.replace("aa", "å")
        for character in lowered:
            place = letters.find(character)
            key.extend([_AFTER_Z + place] if place >= 0 else [ord(one) for one in _fold(character)])
    else:
        key.extend(ord(one) for one in _fold(lowered))
    return tuple(key), text


def sorted_by_name(things, name=str, language=None):
    """Things in the alphabetical order of their names."""
    return sorted(things, key=lambda thing: sort_key(name(thing), language))

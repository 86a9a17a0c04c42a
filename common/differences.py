"""Two texts beside each other, or in one, with the words marked that went and that came."""

import difflib
import re

from django.utils.html import escape
from django.utils.safestring import mark_safe

_WORDS = re.compile(r"\s+|[^\s]+")
#: Above this many words a word-by-word comparison takes longer than anybody waits; then lines are compared.
MOST_WORDS = 4_000


def marked(before, after):
    """`(markup of what was, markup of what is)` of two lists of lines, the words that went in <del> and those that came in <ins>."""
    old, new = [], []
    for change, was, became in _changes("\n".join(before), "\n".join(after)):
        old.append(_run("del", was, change in ("replace", "delete")))
        new.append(_run("ins", became, change in ("replace", "insert")))
    return tuple(mark_safe("".join(part) or "–") for part in (old, new))


def merged(before, after):
    """Markup of two texts in one: what went stands in <del> before what came in <ins>."""
    parts = []
    for change, was, became in _changes(before, after):
        if change == "equal":
            parts.append(_run("", became, False))
        else:
            parts += [_run("del", was, True), _run("ins", became, True)]
    return mark_safe("".join(parts) or "–")


def _changes(before, after):
    """[(what happened, words before, words after)]"""
    one, other = _WORDS.findall(before), _WORDS.findall(after)
    if len(one) + len(other) > MOST_WORDS:
        one, other = before.splitlines(keepends=True), after.splitlines(keepends=True)
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return [(change, one[a:b], other[c:d]) for change, a, b, c, d in matcher.get_opcodes()]


def _run(tag, words, is_changed):
    text = escape("".join(words))
    return f"<{tag}>{text}</{tag}>" if is_changed and text.strip() else text

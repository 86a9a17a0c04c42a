"""Two texts beside each other, or in one, with the words marked that went and that came."""

import difflib
import re
from itertools import takewhile

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
    """[(what happened, words before, words after)]

    What both begin and end with is set aside first. In what is left, words that stand everywhere begin no comparison: a text of the
    same two words over and over would otherwise keep a worker busy for minutes.
    """
    one, other = _WORDS.findall(before), _WORDS.findall(after)
    if len(one) + len(other) > MOST_WORDS:
        one, other = before.splitlines(keepends=True), after.splitlines(keepends=True)
    start = _shared(one, other)
    end = _shared(reversed(one[start:]), reversed(other[start:]))
    head, tail = one[:start], one[len(one) - end :]
    one, other = one[start : len(one) - end], other[start : len(other) - end]
    changes = [(change, one[a:b], other[c:d]) for change, a, b, c, d in difflib.SequenceMatcher(None, one, other).get_opcodes()]
    return [*([("equal", head, head)] if head else []), *changes, *([("equal", tail, tail)] if tail else [])]


def _shared(one, other):
    """With how many same words both begin."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _run(tag, words, is_changed):
    text = escape("".join(words))
    return f"<{tag}>{text}</{tag}>" if is_changed and text.strip() else text

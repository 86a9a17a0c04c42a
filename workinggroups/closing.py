"""What ends with a group: apps above register what they let go on in its name. The closing asks them, in its own transaction."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ending:
    """`coming(group, now)`: the rows that are still to come, as a queryset; `words(row)` says when, on the page of the closing;
    `end(row, by, now)` ends one of them, telling whoever counted on it."""

    coming: Callable
    words: Callable
    end: Callable


ENDINGS = []


def register_ending(ending):
    """Apps say in their module `group_closing` what ends with a group."""
    ENDINGS.append(ending)


def still_coming(group, now):
    """[(title, address, words)] of what closing the group ends, for its chair to read before."""
    return [(str(row), row.get_absolute_url(), one.words(row)) for one in ENDINGS for row in one.coming(group, now)]


def hold_what_comes(group, now):
    """Call before the group is locked: whoever works on one of these rows may be waiting for the group."""
    for one in ENDINGS:
        list(one.coming(group, now).select_for_update(of=("self",)))


def end_what_comes(group, *, by, now):
    """End it, with the group locked and closed. Returns how many there were."""
    rows = [(one, row) for one in ENDINGS for row in one.coming(group, now)]
    for one, row in rows:
        one.end(row, by, now)
    return len(rows)

"""Places whose news a member chooses one by one, such as working groups: apps above register theirs in their `notices`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Place:
    """One place of a member: what it is called, where it stands, and what the member chose for it."""

    pk: int
    name: str
    value: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class PlaceKind:
    """Places of one kind: its word in the form, heading, a sentence on the choice, what can be chosen, whose they are, how one chooses.

    `mine(user)` gives the member's in a fixed number of queries; `choose(user, pk, value)` raises `WrongState` for one that is his or
    hers no longer.
    """

    word: str
    label: Any
    about: Any
    choices: tuple
    mine: Callable
    choose: Callable


PLACES = {}


def register_places(kind):
    """Let members choose for each place of this kind."""
    PLACES[kind.word] = kind


def places_of(user):
    """[(kind, the member's places)] of the kinds of which there are any."""
    found = [(kind, kind.mine(user)) for kind in PLACES.values()]
    return [(kind, places) for kind, places in found if places]

"""Places whose news a member chooses one by one, such as working groups: apps above register theirs in their `notices`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType


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
    hers no longer. `silenced(deliveries)` gives the keys of the mails whose reader has chosen to get none of the place since they were
    planned.
    """

    word: str
    label: Any
    about: Any
    choices: tuple
    mine: Callable
    choose: Callable
    silenced: Callable


PLACES = {}


def register_places(kind):
    """Let members choose for each place of this kind."""
    PLACES[kind.word] = kind


def silenced(deliveries):
    """The keys of mails about places that their readers have silenced meanwhile: a fixed number of questions for a chunk."""
    return {pk for kind in PLACES.values() for pk in kind.silenced(deliveries)} if deliveries else set()


def nouns_in(deliveries, model):
    """{primary key of a noun of this model: the deliveries that tell of it}."""
    kind, found = ContentType.objects.get_for_model(model).pk, {}
    for delivery in deliveries:
        if delivery.entry.target_type_id == kind:
            found.setdefault(delivery.entry.target_id, []).append(delivery)
    return found


def places_of(user):
    """[(kind, the member's places)] of the kinds of which there are any."""
    found = [(kind, kind.mine(user)) for kind in PLACES.values()]
    return [(kind, places) for kind, places in found if places]

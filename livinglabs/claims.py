"""What stands above labs and has a say in them: requests and bookings refuse what would break a promise, and hear of what has changed.

An app above registers a `Claim` when it is loaded. The verbs of labs and offers ask inside their transaction, with the lab and its
offers locked; whoever promises something on an offer locks the offer's row first, so that the two follow one another.
"""

from collections.abc import Callable
from dataclasses import dataclass


def _nothing(*_arguments, **_options):
    return []


@dataclass(frozen=True)
class Claim:
    """`refuses(noun)` gives sentences why a lab or an offer cannot be closed now. `capacity(offer, wanted)` gives sentences why an
    offer cannot have so few units. `reacts(noun, verb, by=…, now=…)` is called after a verb has changed the state of a lab or an offer.
    """

    name: str
    refuses: Callable = _nothing
    capacity: Callable = _nothing
    reacts: Callable = _nothing


_claims = {}


def register_claim(claim):
    _claims[claim.name] = claim


def refusals(noun):
    """Why `noun` cannot be archived or withdrawn now, as sentences; none when nothing hangs on it."""
    return [sentence for claim in _claims.values() for sentence in claim.refuses(noun)]


def capacity_refusals(offer, wanted):
    return [sentence for claim in _claims.values() for sentence in claim.capacity(offer, wanted)]


def react(noun, verb, *, by, now):
    for claim in _claims.values():
        claim.reacts(noun, verb, by=by, now=now)

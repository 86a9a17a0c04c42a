"""What other apps add to the pages of labs and offers: sections, buttons, numbers, a line on an offer's card.

They register in their module `lab_sections`, which is loaded when the portal starts.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A part of the page of a lab (`of="lab"`) or of an offer (`of="offer"`).

    `read(page)` gives what `template` shows, as its variable `section`, or None where the page has no such part. `page.lab`,
    `page.offer` (on an offer's page) and `page.user` say what is read and by whom. It stands `where`: `head` is beside the buttons,
    `main` in the wide column, `side` beside it.
    """

    key: str
    of: str
    template: str
    read: Callable
    where: str = "main"
    position: int = 100


_sections, _figures, _notes = {}, {}, {}


def register_section(*sections):
    _sections.update({(one.of, one.key): one for one in sections})


def register_figures(key, read):
    """`read(lab)` gives [(term, number or words)] for the row of numbers on top of a lab's page."""
    _figures[key] = read


def register_offer_note(key, read):
    """`read(offers, user)` gives `{primary key: words}` for the foot of the offers' cards, in a fixed number of queries."""
    _notes[key] = read


def sections_of(page, of, where):
    """[(template, what it shows)] in the order of their positions."""
    wanted = sorted((one for one in _sections.values() if one.of == of and one.where == where), key=lambda one: one.position)
    read = [(one.template, one.read(page)) for one in wanted]
    return [(template, shown) for template, shown in read if shown is not None]


def figures_of(lab):
    return [row for read in _figures.values() for row in read(lab)]


def offer_notes(offers, user):
    """`{primary key: [words]}`."""
    found = {}
    for read in _notes.values():
        for pk, words in read(offers, user).items():
            found.setdefault(pk, []).append(words)
    return found

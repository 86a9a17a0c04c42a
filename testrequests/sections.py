"""What other apps add to the page of a test: a report, a booking. They register in their module `request_sections`."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A part of the page of an application. `read(page)` gives what `template` shows as `section`, or None where there is no such part.

    `page.row` is the application, `page.user` who reads, `page.sides` for whom. `where`: "main" or "side".
    """

    key: str
    template: str
    read: Callable
    where: str = "main"
    position: int = 100


_sections = {}


def register_section(*sections):
    _sections.update({one.key: one for one in sections})


def sections_of(page, where):
    """[(template, what it shows)] in the order of their positions."""
    wanted = sorted((one for one in _sections.values() if one.where == where), key=lambda one: one.position)
    read = [(one.template, one.read(page)) for one in wanted]
    return [(template, shown) for template, shown in read if shown is not None]

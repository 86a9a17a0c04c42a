"""The parts pages are built from: their names, and what each one takes.

A component is `templates/components/<name>.html`. It sees its declared arguments and `request`, nothing else of the page,
so that a page cannot come to depend on what happens to stand around it.
"""

from dataclasses import dataclass, field

REQUIRED = object()


class ComponentError(Exception):
    """A page asks for a component that does not exist, or with arguments it does not declare."""


@dataclass(frozen=True)
class Component:
    """One component: its name and its arguments with their defaults (`REQUIRED` where there is none)."""

    name: str
    arguments: dict = field(default_factory=dict)

    @property
    def template(self):
        return f"components/{self.name}.html"

    def check(self, given):
        """Raise `ComponentError` when an argument is unknown or a required one is missing."""
        given = set(given)
        if unknown := sorted(given - self.arguments.keys()):
            raise ComponentError(f"Component “{self.name}” does not know {', '.join(unknown)}")
        required = {name for name, default in self.arguments.items() if default is REQUIRED}
        if missing := sorted(required - given):
            raise ComponentError(f"Component “{self.name}” needs {', '.join(missing)}")

    def values(self, given):
        """Every declared argument with the given value or its default."""
        return {**self.arguments, **given}


def _declare(**components):
    return {name: Component(name, arguments) for name, arguments in components.items()}


COMPONENTS = _declare(
    # where one is
    breadcrumbs={"trail": REQUIRED},
    tabs={"links": REQUIRED, "label": REQUIRED},
    pagination={"page_obj": REQUIRED, "parameter": "page", "label": ""},
    stepper={"steps": REQUIRED, "label": ""},
    # what is shown
    page_head={"title": REQUIRED, "lead": "", "lang": ""},
    section_head={"title": REQUIRED, "id": "", "url": "", "link_label": "", "text": ""},
    panel={"slot": "", "title": "", "id": "", "quarter": False, "brand": False},
    facts={"rows": REQUIRED, "row": False},
    scroll_table={"slot": REQUIRED, "label": REQUIRED},
    who={"name": REQUIRED, "note": "", "url": "", "theme": "", "logo": False, "small": False},
    progress={"label": REQUIRED, "value": REQUIRED, "max": REQUIRED, "id": REQUIRED},
    chart={"chart": REQUIRED, "table_open": False},
    # where things are: `map` comes from projects/tilemap.py and projects/whereabouts.py (None shows nothing)
    tile_map={"map": REQUIRED, "counts": True, "caption": ""},
    site_map={"map": REQUIRED, "label": ""},
    # answers
    message={"kind": "info", "title": "", "text": "", "slot": "", "live": False},
    messages={"messages": REQUIRED},
    empty={"title": REQUIRED, "text": "", "url": "", "action": "", "slot": "", "themes": ("water", "planning", "energy"), "level": 2},
    error_tiles={"themes": ("planning", "mobility", "waste", "", "energy")},
    dialog={"id": REQUIRED, "title": REQUIRED, "slot": REQUIRED, "static": False},
    # asking
    search_form={
        "action": REQUIRED,
        "id": REQUIRED,
        "label": "",
        "value": "",
        "name": "q",
        "big": False,
        "placeholder": "",
        "form_label": "",
        "css": "",
        "button": "",
    },
    chips={"chips": REQUIRED, "clear_url": ""},
    toggle={"links": REQUIRED, "label": REQUIRED},
    error_summary={"form": REQUIRED, "kept": ""},
)

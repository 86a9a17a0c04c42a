"""Which door of events answers whom (see door_table.py), and what stands for their converters (see door_world.py)."""

from django.core.files.base import ContentFile

from records.actions import add_attachment
from tests.factories import EventFactory
from tests.support.door_table import (
    CHANGED,
    DONE,
    MEMBER,
    READ,
    STAFF,
    STAFF_DONE,
    STAFF_ONLY_POST,
    STAFF_UNSEEN,
    UNSEEN,
    WRITER,
    noun,
    page,
    staff_page,
    verb,
    writes,
)

HOSTS = ("in 403 403 200 200 200 403", STAFF, UNSEEN)
HOSTS_DONE = ("in 403 403 302 302 302 403", STAFF_DONE, UNSEEN)

EVENT_DOORS = {
    "en/events/": page("200"),
    "en/events/month/": page("200"),
    "en/events/feed/": page("200"),
    "en/events/calendar.ics": page("200"),
    "en/events/mine/": page(MEMBER),
    "en/events/mine/address/": page("405", DONE),
    "en/events/mine/address/give-up/": page("405", DONE),
    "en/events/mine/<str:token>.ics": noun("404"),
    "en/events/new/": page(MEMBER, MEMBER),
    "en/events/suggest/projects/": page(MEMBER, "in 405 405 405 405 405 403"),
    "en/events/<slug:slug>/": noun(READ),
    "en/events/<slug:slug>/calendar.ics": noun(READ),
    "en/events/<slug:slug>/edit/": noun(writes(CHANGED), writes(CHANGED)),
    "en/events/<slug:slug>/edit/opening/": noun(writes(CHANGED), writes(CHANGED)),
    "en/events/<slug:slug>/duplicate/": verb(WRITER),
    "en/events/<slug:slug>/register/": noun((DONE, DONE, UNSEEN), (DONE, DONE, UNSEEN)),
    "en/events/<slug:slug>/unregister/": verb(DONE, DONE),
    "en/events/<slug:slug>/participants/": noun(HOSTS, HOSTS_DONE),
    "en/events/<slug:slug>/participants.csv": noun(HOSTS),
    "en/events/<slug:slug>/material/": verb(WRITER),
    "en/events/<slug:slug>/material/<uuid:uuid>/remove/": verb(WRITER),
    "en/events/<slug:slug>/publish/": verb(WRITER),
    "en/events/<slug:slug>/cancel/": verb(WRITER),
    "en/events/<slug:slug>/delete/": verb(WRITER),
    "en/events/<slug:slug>/hide/": verb(STAFF_DONE, STAFF_DONE, UNSEEN),
    "en/events/<slug:slug>/history/": noun(HOSTS),
    "cms/events/": staff_page(),
    "cms/events/<int:pk>/hide/": noun(STAFF_ONLY_POST, (STAFF_DONE, STAFF_DONE, STAFF_UNSEEN)),
    "cms/events/<int:pk>/publish/": noun(STAFF_ONLY_POST, (STAFF_DONE, STAFF_DONE, STAFF_UNSEEN)),  # refused by Wagtail in its own way
}


def event_of(world, target):
    """The event of a target: own and other are published, private is a draft of another organisation."""
    of = "own" if target == "own" else "other"
    found = world.__dict__.setdefault("events", {})
    if target not in found:
        state = "draft" if target == "private" else "published"
        found[target] = EventFactory(organisation=world.organisations[of], slug=f"{target}-event", state=state)
    return found[target]


def _material(world, target):
    event = event_of(world, target)
    return {"slug": event.slug, "uuid": add_attachment(event, ContentFile(b"%PDF-1.7 x", name="slides.pdf"), by=None).uuid}


EVENT_MAKERS = {
    "en/events/mine/<str:token>": lambda world, target: {"token": "nonsense"},
    "en/events/<slug:slug>/": lambda world, target: {"slug": event_of(world, target).slug},
    "en/events/<slug:slug>/material/<uuid:uuid>/": _material,
    "cms/events/": lambda world, target: {"pk": event_of(world, target).pk},
}

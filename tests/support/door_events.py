"""Which door of events answers whom (see door_table.py), and what stands for their converters (see door_world.py)."""

from django.core.files.base import ContentFile

from records.actions import add_attachment
from tests.factories import ActionPointFactory, AgendaItemFactory, EventFactory, MinutesFactory
from tests.support.door_table import (
    CHANGED,
    DONE,
    MEMBER,
    READ,
    REFUSED,
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

#: Everybody who belongs to the host; those who write for it.
OF_HOST = "in 403 200 200 200 403 403"
ACTION = ("in 404 403 302 302 404 403", UNSEEN, UNSEEN)
GROUP_READ = ("200", "200", "404 404 404 404 404 200 404")

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
    "en/events/decisions/": page("200"),
    "en/events/decisions.csv": page("200"),
    "en/events/action-points/": page(MEMBER),
    "en/events/action-points/<int:pk>/finish/": verb(*ACTION),
    "en/events/action-points/<int:pk>/reopen/": verb(*ACTION),
    "en/events/action-points/<int:pk>/assign/": verb(*ACTION),
    "en/events/<slug:slug>/agenda/": noun(READ),
    "en/events/<slug:slug>/agenda/add/": verb(CHANGED),
    "en/events/<slug:slug>/agenda/propose/": verb(OF_HOST),
    "en/events/<slug:slug>/agenda/taker/": verb(WRITER),
    "en/events/<slug:slug>/agenda/<int:pk>/edit/": noun(writes(CHANGED), writes(CHANGED)),
    "en/events/<slug:slug>/agenda/<int:pk>/up/": verb(WRITER),
    "en/events/<slug:slug>/agenda/<int:pk>/down/": verb(WRITER),
    "en/events/<slug:slug>/agenda/<int:pk>/remove/": verb(WRITER),
    "en/events/<slug:slug>/agenda/<int:pk>/accept/": verb(WRITER),
    "en/events/<slug:slug>/agenda/<int:pk>/decline/": verb(WRITER),
    "en/events/<slug:slug>/agenda/<int:pk>/material/": verb(WRITER),
    "en/events/<slug:slug>/agenda/<int:pk>/material/<uuid:uuid>/remove/": verb(WRITER),
    "en/events/<slug:slug>/minutes/": noun(READ),
    "en/events/<slug:slug>/minutes/<int:version>/": noun(READ),
    "en/events/<slug:slug>/minutes/start/": verb(WRITER),
    "en/events/<slug:slug>/minutes/edit/": noun(writes(CHANGED), writes(CHANGED)),
    "en/events/<slug:slug>/minutes/save/": verb(CHANGED),
    "en/events/<slug:slug>/minutes/approve/": verb(WRITER),
    "en/events/<slug:slug>/minutes/correct/": verb(WRITER),
    "en/events/<slug:slug>/minutes/discard/": verb(WRITER),
    "en/working-groups/<slug:slug>/meetings/": noun(GROUP_READ),
    "en/working-groups/<slug:slug>/decisions/": noun(GROUP_READ),
    "en/working-groups/<slug:slug>/decisions.csv": noun(GROUP_READ),
    "en/working-groups/<slug:slug>/action-points/": noun((OF_HOST, REFUSED, "in 404 404 404 404 403 403")),
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


def _item(world, target):
    item = AgendaItemFactory(event=event_of(world, target))
    return {"slug": item.event.slug, "pk": item.pk}


def _item_file(world, target):
    item = AgendaItemFactory(event=event_of(world, target))
    file = add_attachment(item, ContentFile(b"%PDF-1.7 x", name="numbers.pdf"), by=None)
    return {"slug": item.event.slug, "pk": item.pk, "uuid": file.uuid}


def _minutes(world, target):
    """Approved minutes and the draft of a correction."""
    event = event_of(world, target)
    if not event.minutes.exists():
        MinutesFactory(event=event)
        MinutesFactory(event=event, version=2, draft=True)
    return {"slug": event.slug, "version": 1}


EVENT_MAKERS = {
    "en/events/<slug:slug>/agenda/<int:pk>/": _item,
    "en/events/<slug:slug>/agenda/<int:pk>/material/<uuid:uuid>/": _item_file,
    "en/events/<slug:slug>/minutes/": _minutes,
    "en/events/action-points/<int:pk>/": lambda world, target: {"pk": ActionPointFactory(event=event_of(world, target)).pk},
    "en/events/mine/<str:token>": lambda world, target: {"token": "nonsense"},
    "en/events/<slug:slug>/": lambda world, target: {"slug": event_of(world, target).slug},
    "en/events/<slug:slug>/material/<uuid:uuid>/": _material,
    "cms/events/": lambda world, target: {"pk": event_of(world, target).pk},
}

"""Which door of a test request answers whom: read by tests/test_doors.py beside the table of the rest.

Own: the cast's organisation asks a lab of another one. Other: another organisation asks a lab of the cast's. Private: between two others.
Who began a request is nobody of the cast, so that the colleague reads it and does not act. Moderators are no party of it.
"""

from django.core.files.base import ContentFile

from records.actions import add_attachment
from tests.factories import ApplicationFactory, LivingLabFactory, OrganisationFactory, TaskFactory
from tests.support.door_table import MEMBER, UNSEEN, noun, page, verb


def lab_of(world, target):
    """Own is a lab of the cast's organisation."""
    if not hasattr(world, "tested_labs"):
        elsewhere = OrganisationFactory(name="Third Kommune", slug="third-kommune")
        hosts = {"own": world.organisations["own"], "other": world.organisations["other"], "private": elsewhere}
        world.tested_labs = {name: LivingLabFactory(organisation=host, slug=f"{name}-tested-lab") for name, host in hosts.items()}
    return world.tested_labs[target]


def application_of(world, target):
    if not hasattr(world, "applications"):
        own, other = world.organisations["own"], world.organisations["other"]
        parts = {"own": (own, "other"), "other": (other, "own"), "private": (other, "private")}
        world.applications = {name: ApplicationFactory(asking=who, lab=lab_of(world, lab)) for name, (who, lab) in parts.items()}
    return world.applications[target]


def _request(world, target):
    return {"pk": application_of(world, target).request_id}


def _application(world, target):
    row = application_of(world, target)
    return {"pk": row.request_id, "application": row.pk}


def _task(world, target):
    return _application(world, target) | {"task": TaskFactory(application=application_of(world, target)).pk}


def _file(world, target):
    file = add_attachment(application_of(world, target), ContentFile(b"%PDF-1.7 x", name="plan.pdf"), by=None)
    return _application(world, target) | {"uuid": file.uuid}


REQUEST, APPLICATION = "en/test-requests/<int:pk>/", "en/test-requests/<int:pk>/<int:application>/"
TEST_MAKERS = {
    "en/test-requests/labs/<slug:slug>/": lambda world, target: {"slug": lab_of(world, target).slug},
    REQUEST: _request,
    f"{REQUEST}edit/<slug:step>/": lambda world, target: _request(world, target) | {"step": "where"},
    APPLICATION: _application,
    f"{APPLICATION}tasks/<int:task>/": _task,
    f"{APPLICATION}files/<uuid:uuid>/": _file,
}


def ours(done, colleague="403"):
    """What owner and editor do; other people of the portal do not hear of it."""
    return f"in 404 {colleague} {done} {done} 404 403"


READ = (ours("200", "200"), ours("200", "404"), UNSEEN)


def by_company(done):
    return ours(done), ours("403", "404"), UNSEEN


def by_lab(done):
    return ours("403"), ours(done, "404"), UNSEEN


def by_both(done):
    return ours(done), ours(done, "404"), UNSEEN


#: Members of the lab's host read what is asked of it; it is changed by who asks.
CHANGED = (ours("200"), ours("403"), UNSEEN)
TEST_DOORS = {
    "en/test-requests/": page(MEMBER),
    "en/test-requests/new/": page(MEMBER, "in 403 200 200 200 403 403"),
    "en/test-requests/new/save/": page("405", MEMBER),
    "en/test-requests/labs/<slug:slug>/": noun((ours("200", "404"), UNSEEN, UNSEEN)),
    REQUEST: noun((ours("200", "200"), ours("200", "200"), UNSEEN)),
    f"{REQUEST}edit/": noun(CHANGED, CHANGED),
    f"{REQUEST}edit/<slug:step>/": noun(CHANGED, CHANGED),
    f"{REQUEST}save/": verb(ours("404"), ours("403"), UNSEEN),
    f"{REQUEST}send/": verb(ours("302"), ours("403"), UNSEEN),
    f"{REQUEST}delete/": verb(ours("302"), ours("403"), UNSEEN),
    f"{REQUEST}ask/": verb(ours("302"), ours("403"), UNSEEN),
    APPLICATION: noun(READ),
    f"{APPLICATION}history/": noun(READ),
    f"{APPLICATION}write/": verb(*by_both("200")),
    f"{APPLICATION}ask-back/": verb(*by_lab("200")),
    f"{APPLICATION}terms/": verb(*by_both("200")),
    f"{APPLICATION}terms/accept/": verb(*by_both("302")),
    f"{APPLICATION}tasks/": verb(*by_both("200")),
    **{f"{APPLICATION}tasks/<int:task>/{word}/": verb(*by_both("302")) for word in ("done", "reopen", "remove")},
    f"{APPLICATION}files/": verb(*by_both("200")),
    f"{APPLICATION}files/<uuid:uuid>/remove/": verb(*by_both("302")),
    **{f"{APPLICATION}{word}/": verb(*by_lab("302")) for word in ("accept", "decline", "start", "complete")},
    f"{APPLICATION}withdraw/": verb(*by_company("302")),
    **{f"{APPLICATION}{word}/": verb(*by_both("302")) for word in ("cancel", "finish")},
}

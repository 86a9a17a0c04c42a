"""Which door of a living lab answers whom: read by tests/test_doors.py beside the table of the rest.

Own is published, run by the cast's organisation and presented by the colleague; other is public and of another one; private is a draft
of another one.
"""

from tests.factories import LivingLabFactory, OfferFactory
from tests.support.door_table import (
    CHANGED,
    COLLEAGUES,
    MEMBER,
    READ,
    REFUSED,
    STAFF_DONE,
    STAFF_ONLY_POST,
    STAFF_UNSEEN,
    WRITER,
    noun,
    page,
    staff_page,
    verb,
    writes,
)

VERBS = ("publish", "submit", "return", "reopen", "archive", "withdraw", "hide")


def labs(world):
    """Made when the first address asks for them, each with an offer."""
    if not hasattr(world, "labs"):
        own, other = world.organisations["own"], world.organisations["other"]
        world.labs = {
            "own": LivingLabFactory(organisation=own, slug="own-lab", created_by=world.cast["colleague"]),
            "other": LivingLabFactory(organisation=other, slug="other-lab"),
            "private": LivingLabFactory(organisation=other, slug="private-lab", state="draft"),
        }
        for lab in world.labs.values():
            OfferFactory(lab=lab, slug="pole")
    return world.labs


LAB, OFFER = "en/living-labs/<slug:slug>/", "en/living-labs/<slug:slug>/offers/<slug:offer>/"
LAB_MAKERS = {
    LAB: lambda world, target: {"slug": labs(world)[target].slug},
    f"{LAB}edit/<slug:step>/": lambda world, target: {"slug": labs(world)[target].slug, "step": "place"},
    OFFER: lambda world, target: {"slug": labs(world)[target].slug, "offer": "pole"},
    "cms/living-labs/<int:pk>/": lambda world, target: {"pk": labs(world)[target].pk},
}
LAB_DOORS = {
    "cms/living-labs/": staff_page(),
    "en/living-labs/": page("200"),
    "en/living-labs/map/": page("200"),
    "en/living-labs/map/data/": page("200"),
    "en/living-labs/feed/": page("200"),
    "en/living-labs/export.csv": page("200"),
    "en/living-labs/new/": page(MEMBER, "in 403 200 200 200 403 403"),
    LAB: noun(READ),
    f"{LAB}history/": noun(COLLEAGUES),
    f"{LAB}edit/": noun(writes(CHANGED), writes(CHANGED)),
    f"{LAB}edit/<slug:step>/": noun(writes(CHANGED), writes(CHANGED)),
    f"{LAB}submit/": verb("in 403 302 302 302 403 403"),
    f"{LAB}publish/": verb("in 403 403 302 302 302 403", STAFF_DONE),
    f"{LAB}withdraw/": verb(WRITER),
    f"{LAB}archive/": verb(WRITER),
    f"{LAB}reopen/": verb(WRITER),
    f"{LAB}return/": verb(STAFF_DONE, STAFF_DONE),
    f"{LAB}hide/": verb(STAFF_DONE, STAFF_DONE),
    f"{LAB}partner/confirm/": verb(REFUSED),
    f"{LAB}partner/decline/": verb(REFUSED),
    f"{LAB}offers/new/": noun(writes(CHANGED), writes(CHANGED)),
    OFFER: noun(READ),
    f"{OFFER}edit/": noun(writes(CHANGED), writes(CHANGED)),
    f"{OFFER}publish/": verb(WRITER),
    f"{OFFER}archive/": verb(WRITER),
    f"{OFFER}reopen/": verb(WRITER),
    f"{OFFER}hide/": verb(STAFF_DONE, STAFF_DONE),
    **{f"cms/living-labs/<int:pk>/{name}/": noun(STAFF_ONLY_POST, (STAFF_DONE, STAFF_DONE, STAFF_UNSEEN)) for name in VERBS},
}

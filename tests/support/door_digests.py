"""Which door of the digest answers whom: read by tests/test_doors.py beside the table of the rest. A digest is its reader's own."""

import uuid
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from digests.models import Issue, Muted
from notifications.models import Delivery, Run
from taxonomy.models import Theme
from tests.support.door_table import MEMBER, STAFF, STAFF_DONE, STAFF_ONLY_POST, STAFF_UNSEEN, noun, page, staff_page


def _reader(world, target):
    return world.cast["colleague"] if target == "own" else world.somebody


def _muted(world, target):
    theme = Theme.objects.get(slug={"own": "energy", "other": "water", "private": "mobility"}[target])
    kind = ContentType.objects.get_for_model(theme)
    return {"pk": Muted.objects.create(user=_reader(world, target), target_type=kind, target_id=theme.pk).pk}


def _mail(world, target):
    user, now = _reader(world, target), timezone.now()
    made = Delivery.objects.create(
        user=user, reader=f"member:{user.pk}", list="digest", period=target, template="digest", state="sent", finished_at=now,
        since=now - timedelta(days=7), until=now, key=uuid.uuid4(),
    )  # fmt: skip
    return {"key": made.key}


def _run(world, target):
    return {"pk": Run.objects.create(list="digest", slot=timezone.now() + timedelta(days=len(target))).pk}


def _issue(world, target):
    return {"pk": Issue.objects.get_or_create(week=timezone.localdate() + timedelta(days=7 * len(target)))[0].pk}


OWN = "in 404 {} 404 404 404 403"
NOBODYS = "in 404 404 404 404 404 403"
#: The administration leads whoever may not see a page of it back to its front page.
LED_BACK = STAFF_DONE
PINNED = ("event", "livinglab", "offer", "project", "testreport", "workinggroup")
DIGEST_MAKERS = {
    "cms/digests/": _run,
    "cms/snippets/digests/issue/": _issue,
    **{f"cms/pin_{word}/chosen/": lambda world, target: {"pk": "nonsense"} for word in PINNED},
    "cms/digests/members/": lambda world, target: {"pk": _reader(world, target).pk},
    "en/digest/let-in/": _muted,
    "en/digest/mails/": _mail,
    "en/digest/unsubscribe/": lambda world, target: {"token": "nonsense"},
    "en/digest/mute/": lambda world, target: {"token": "nonsense"},
}
DIGEST_DOORS = {
    "cms/digests/": staff_page(),
    "cms/digests/live/": staff_page(),
    "cms/digests/due/": staff_page(),
    "cms/digests/<int:pk>/": noun(STAFF, STAFF_ONLY_POST),
    "cms/digests/<int:pk>/live/": noun(STAFF, STAFF_ONLY_POST),
    "cms/digests/members/": page(LED_BACK, STAFF_ONLY_POST),  # a right of its own, which administrators have
    "cms/digests/members/<int:pk>/": noun(LED_BACK, STAFF_ONLY_POST),
    "cms/digests/members/<int:pk>/look/": noun(STAFF_ONLY_POST, LED_BACK),
    "cms/digests/switch/off/": page(STAFF_ONLY_POST, STAFF_DONE),
    "cms/digests/switch/on/": page(STAFF_ONLY_POST, STAFF_DONE),
    **{f"cms/digests/<int:pk>/{verb}/": noun(STAFF_ONLY_POST, STAFF_DONE) for verb in ("halt", "go-on", "cancel", "again")},
    # the editors' issue, and how they find what they pin
    "cms/snippets/digests/issue/add/": page(STAFF, STAFF),
    "cms/snippets/digests/issue/edit/<int:pk>/": noun(STAFF, STAFF),
    "cms/snippets/digests/issue/delete/<int:pk>/": noun(STAFF, STAFF_DONE),
    **{f"cms/pin_{word}/": page(STAFF, STAFF_ONLY_POST) for word in PINNED},
    **{f"cms/pin_{word}/results/": page(STAFF, STAFF_ONLY_POST) for word in PINNED},
    **{f"cms/pin_{word}/chosen/<str:pk>/": noun(STAFF_UNSEEN, STAFF_ONLY_POST) for word in PINNED},
    **{f"cms/pin_{word}/chosen-multiple/": page(STAFF, STAFF_ONLY_POST) for word in PINNED},
    "en/digest/": page(MEMBER, "in 200 200 200 200 200 403"),
    "en/digest/preview/": page(MEMBER),
    "en/digest/preview/mail/": page("in 302 302 302 302 302 403"),  # nothing new: back to the page that says so
    "en/digest/let-in/<int:pk>/": noun("405", (OWN.format(302), NOBODYS, NOBODYS)),
    "en/digest/mails/<uuid:key>/": noun((OWN.format(200), NOBODYS, NOBODYS)),
    "en/digest/mute/<str:token>/": noun("404", "404"),
    "en/digest/unsubscribe/<str:token>/": noun("404", "404"),
}

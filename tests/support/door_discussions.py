"""Which door of the discussions of a group answers whom: read by tests/test_doors.py. The groups are those of door_groups.

Own: the colleague, its chair, began the discussion; the editor, a member, wrote its second post; the owner observes.
"""

from conversations.models import Post, Thread
from tests.factories import ThreadFactory
from tests.support.door_groups import UNSEEN, groups, leads, writes
from tests.support.door_table import DONE, MEMBER, REFUSED, noun, verb

PLACE = "en/working-groups/<slug:slug>/discussions/"
READS = (MEMBER, MEMBER, "in 404 404 404 404 200 403")
SAYS = (DONE, DONE, "in 404 404 404 404 302 403")


def _thread(world, target):
    group = groups(world)[target]
    found = Thread.objects.about(group).standing().first()
    return found or ThreadFactory(target=group, started_by=world.cast["colleague"], posts=2, posts__author=world.cast["editor"])


def _topic(world, target):
    return {"slug": groups(world)[target].slug, "pk": _thread(world, target).pk}


def _post(world, target):
    """The second post; it stands, whatever was done to it before."""
    thread = _thread(world, target)
    Post.objects.filter(thread=thread).update(removed_at=None)
    return {"slug": groups(world)[target].slug, "pk": thread.pk, "number": 2}


def of_author(done):
    """What the author of the second post does."""
    return f"in 403 403 {done} 403 403 403", REFUSED, UNSEEN


def removes(other="302"):
    return f"in 403 302 302 403 {other} 403", f"in 403 403 403 403 {other} 403", f"in 404 404 404 404 {other} 403"


DISCUSSION_MAKERS = {f"{PLACE}<int:pk>/": _topic, f"{PLACE}<int:pk>/<int:number>/": _post}
DISCUSSION_DOORS = {
    PLACE: noun(READS),
    f"{PLACE}new/": noun(writes("200"), writes("200")),
    f"{PLACE}new/keep/": verb(*writes("204")),
    f"{PLACE}new/discard/": verb(*writes("302")),
    f"{PLACE}names/": noun(writes("200")),
    f"{PLACE}read/": verb(*SAYS),
    f"{PLACE}<int:pk>/": noun(READS),
    f"{PLACE}<int:pk>/write/": noun(writes("302"), writes("200")),
    f"{PLACE}<int:pk>/keep/": verb(*writes("204")),
    f"{PLACE}<int:pk>/discard/": verb(*writes("302")),
    f"{PLACE}<int:pk>/follow/": verb(*SAYS),
    f"{PLACE}<int:pk>/unfollow/": verb(*SAYS),
    f"{PLACE}<int:pk>/mute/": verb(*SAYS),
    f"{PLACE}<int:pk>/read/": verb(*SAYS),
    f"{PLACE}<int:pk>/pin/": verb(*leads("302", "302")),
    f"{PLACE}<int:pk>/unpin/": verb(*leads("302", "302")),
    f"{PLACE}<int:pk>/close/": verb(*leads("302", "302")),
    f"{PLACE}<int:pk>/reopen/": verb(*leads("302", "302")),
    f"{PLACE}<int:pk>/remove/": verb(*leads("302", "302")),
    f"{PLACE}<int:pk>/unmark-answer/": verb(*leads("302", "302")),
    f"{PLACE}<int:pk>/<int:number>/": noun(SAYS),
    f"{PLACE}<int:pk>/<int:number>/edit/": noun(of_author("200"), of_author("200")),
    f"{PLACE}<int:pk>/<int:number>/history/": noun(READS),
    f"{PLACE}<int:pk>/<int:number>/remove/": verb(*removes()),
    f"{PLACE}<int:pk>/<int:number>/answer/": verb(*leads("302", "302")),
    f"{PLACE}<int:pk>/<int:number>/useful/": verb("in 403 302 403 403 403 403", REFUSED, UNSEEN),
    f"{PLACE}<int:pk>/<int:number>/not-useful/": verb("in 403 302 403 403 403 403", REFUSED, UNSEEN),
}

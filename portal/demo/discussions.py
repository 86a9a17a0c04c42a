"""Demo discussions of the working groups, written by the verbs, each at the time it would have been."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid5

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import override

from conversations import actions as conversations
from conversations.models import Post, PostVersion, Thread
from discussions import actions
from notifications.models import OutboxEntry
from portal.demo.content import read, tidy
from portal.demo.sketches import SKETCHES
from records.actions import add_attachment
from workinggroups.models import WorkingGroup

#: Names the keys of the demo's threads, so that a second call finds them.
NAMESPACE = UUID("5f0c2b1e-7f0a-4d83-9d53-9f5b0c3c1d21")
#: As many of the last notices stay unread under the bell; the others were told then.
TOLD_NOW = ("discussion.mentioned",)
RECENT = timedelta(days=3)


def seed_discussions(members, tally, *, now):
    """Make what is missing; a second call changes nothing, whatever day it is."""
    groups = {one.source_key.removeprefix("demo:"): one for one in WorkingGroup.objects.filter(source_key__startswith="demo:")}
    present = set(Thread.objects.filter(is_demo=True).values_list("key", flat=True))
    for row in read("discussions.toml")["thread"]:
        key = uuid5(NAMESPACE, f"{row['group']}:{row['title']}")
        group = groups.get(row["group"])
        missing = key not in present and group is not None and group.is_open
        tally.note("discussions", made=missing)
        if missing:
            with transaction.atomic():
                _make(group, key, row, members, now)


def _make(group, key, row, members, now):
    last = OutboxEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    thread, posts = None, {}
    for number, said in enumerate(row["post"], 1):
        by, at = members[said["by"]], now - timedelta(days=said["days"])
        text = tidy(said["text"], said["language"])
        with override(said["language"]):
            if thread is None:
                thread = actions.start(group, by=by, title=row["title"], text=text, language=row["language"], key=key, now=at)
                posts[number] = thread.posts.get(number=1)
            else:
                quoted = posts.get(said.get("quotes"))
                posts[number] = actions.write(thread, by=by, text=text, language=said["language"], quoted=quoted, now=at)
        _hang_on(posts[number], said, by)
        _edited(posts[number], said, now)
        for person in said.get("useful", ()):
            conversations.mark_useful(posts[number], by=members[person], now=at + timedelta(hours=2))
    if row.get("pinned"):
        conversations.pin(thread, by=members[row["post"][0]["by"]])
    if "answer" in row:
        conversations.mark_answer(posts[row["answer"]], by=thread.started_by)
    if "closed" in row:
        conversations.close(thread, by=members[row["post"][-1]["by"]], now=now - timedelta(days=row["closed"]))
    Thread.objects.filter(pk=thread.pk).update(is_demo=True)
    told_then = OutboxEntry.objects.filter(pk__gt=last, fanned_out_at=None)
    told_then.exclude(kind__in=TOLD_NOW, at__gt=now - RECENT).update(fanned_out_at=now)


def _hang_on(post, said, by):
    """A drawing or a table, as files of the post."""
    if "sketch" in said:
        add_attachment(post, SKETCHES[said["sketch"]](), by=by, name=f"{said['sketch']}.png", alt=said["alt"], language=said["language"])
    if "table" in said:
        content = File(BytesIO(said["rows"].strip().encode()), name=said["table"])
        add_attachment(post, content, by=by, name=said["table"], language=said["language"])


def _edited(post, said, now):
    """What it said before, and when it was mended."""
    if "edited" in said:
        text, days = said["edited"]
        PostVersion.objects.create(post=post, number=1, text=text, language=post.language, written_at=post.created_at)
        Post.objects.filter(pk=post.pk).update(edited_at=now - timedelta(days=days), edit_count=1)

"""The models of discussions, declared for the inventory. What a member wrote stays where others have answered it, by a former member;
what the member was writing, had read, followed or said before goes."""

import re

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from conversations.models import Post, PostVersion
from discussions.models import Mention
from notifications.models import OutboxEntry
from portal.privacy.holdings import Holding

TARGET = ("target_type", "target_id")

DISCUSSIONS = (
    Holding(
        "conversations.Thread", _("Discussions you began"), did=("started_by", "closed_by", "removed_by"),
        did_shows=("target", "title", "language", "created_at", "closed_at", "removed_at"),
        keys=(*TARGET, "kind", "key", "last_post_at", "post_count", "is_pinned", "answer", "reason", "is_demo", "vector"),
        scrub=("title", "reason"),
    ),
    Holding(
        "conversations.Post", _("Posts you wrote"), about=("author",), did=("removed_by",),
        shows=("thread", "number", "text", "language", "created_at", "edited_at", "removed_at", "reason"),
        did_shows=("thread", "number", "removed_at", "reason"), keys=("key", "quoted", "edit_count", "vector"), stays=True,
        gives_files=True, scrub=("text", "reason"),
    ),
    Holding(
        "conversations.PostVersion", _("What your posts said before"), about=("post__author",),
        shows=("post", "number", "text", "language", "written_at"), scrub=("text",),
    ),
    Holding("conversations.Useful", _("Posts you found useful"), about=("user",), shows=("post", "created_at")),
    Holding("conversations.ReadMarker", _("How far you have read discussions"), about=("user",), shows=("thread", "last_number", "at")),
    Holding(
        "conversations.PostDraft", _("Posts you were writing"), about=("user",), shows=("target", "thread", "title", "text", "at"),
        keys=(*TARGET, "quoted"), scrub=("title", "text"),
    ),
    Holding("discussions.Mention", _("Posts that mention you"), about=("user",), shows=("post", "name")),
    Holding("discussions.Mute", _("Discussions you muted"), about=("user",), shows=("thread", "created_at")),
)  # fmt: skip


def forget_names(person):
    """Posts that call the member by name call nobody any more: as they read now, as they read before, and as others were told of them."""
    kind = ContentType.objects.get_for_model(Post)
    for mention in Mention.objects.filter(user=person.user).select_related("post").order_by("pk"):
        called = re.compile(rf"@\[\s*{re.escape(mention.name)}\s*\]", re.IGNORECASE)
        for row in (Post.objects.only("pk", "text").get(pk=mention.post_id), *PostVersion.objects.filter(post=mention.post_id)):
            without = called.sub("@…", row.text)
            if without != row.text:
                type(row).objects.filter(pk=row.pk).update(text=without)
        for entry in OutboxEntry.objects.filter(target_type=kind, target_id=mention.post_id, note__contains=f"@{mention.name}"):
            OutboxEntry.objects.filter(pk=entry.pk).update(note=entry.note.replace(f"@{mention.name}", "@…"))

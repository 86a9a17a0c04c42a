"""What can be told of discussions. Each kind of news has two: mailed for those who hear at once, in the portal for the others."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conversations.models import Thread
from notifications.kinds import Kind, register_followable, register_kind, register_reason

DISCUSSIONS = pgettext_lazy("group of notifications", "Discussions")
READ = _("Read it in the discussion")

register_followable(
    "discussion", Thread, _("Discussions"), lambda user: Thread.objects.visible_to(user).listed().prefetch_related("target")
)
register_reason("discussion_place", _("You get this because you belong to %(place)s."))
register_reason("discussion_follow", _("You get this because you follow this discussion."))
register_reason("discussion_mention", _("You get this because you are mentioned in it."))

_STARTED = _("%(by)s has started a discussion in %(place)s: %(title)s")
_POSTED = _("%(by)s has written in %(title)s (%(place)s).")
_MENTIONED = _("%(by)s mentions you in %(title)s (%(place)s).")

register_kind(
    Kind("discussion.mentioned", _("Somebody mentions me in a discussion"), DISCUSSIONS, _MENTIONED, READ, urgent=True, icon="comment"),
    Kind("discussion.mentioned_quietly", _("Somebody mentions me where I have muted the news"), DISCUSSIONS, _MENTIONED, READ, mail=False,
         icon="comment"),
    Kind("discussion.started", _("A new discussion in a group I hear from at once"), DISCUSSIONS, _STARTED, READ, urgent=True,
         icon="comment"),
    Kind("discussion.started_quietly", _("A new discussion in a group I hear from in the digest"), DISCUSSIONS, _STARTED, READ, mail=False,
         icon="comment"),
    Kind("discussion.posted", _("A post in a discussion I follow, in a group I hear from at once"), DISCUSSIONS, _POSTED, READ,
         urgent=True, icon="comment"),
    Kind("discussion.posted_quietly", _("A post in a discussion I follow, in a group I hear from in the digest"), DISCUSSIONS, _POSTED,
         READ, mail=False, icon="comment"),
    Kind("discussion.answered", _("A post is marked as the answer to a discussion I began or follow"), DISCUSSIONS,
         _("%(by)s has marked the answer to %(title)s (%(place)s)."), _("Read the answer"), mail=False, icon="check"),
    Kind("discussion.is_answer", _("My post is marked as the answer"), DISCUSSIONS,
         _("%(by)s has marked your post as the answer to %(title)s (%(place)s)."), READ, mail=False, icon="check"),
    Kind("discussion.useful", _("Somebody finds my post useful"), DISCUSSIONS,
         _("%(by)s finds your post in %(title)s (%(place)s) useful."), READ, mail=False, icon="comment"),
    Kind("discussion.closed", _("A discussion I began is closed"), DISCUSSIONS,
         _("%(by)s has closed the discussion %(title)s (%(place)s). It can still be read."), _("Read the discussion"), mail=False,
         icon="lock"),
    Kind("discussion.post_removed", _("A post of mine is taken away"), DISCUSSIONS,
         _("%(by)s has taken away your post in %(title)s (%(place)s)."), _("Open the discussion"), urgent=True, icon="comment"),
    Kind("discussion.removed", _("A discussion I began is taken away"), DISCUSSIONS,
         _("%(by)s has taken away your discussion %(title)s (%(place)s)."), _("See the discussions"), urgent=True, icon="comment"),
)  # fmt: skip

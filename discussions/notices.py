"""What can be told of discussions. Each kind of news has a twin that is not mailed, for those who do not hear at once."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from conversations.models import Thread
from discussions import hearing
from notifications.kinds import Kind, register_area, register_followable, register_kind, register_reason
from notifications.places import PlaceKind, register_places

DISCUSSIONS = pgettext_lazy("group of notifications", "Discussions")
READ = _("Read it in the discussion")
#: The section of the digest that tells of posts.
POSTS = "discussions"

register_followable(
    "discussion", Thread, _("Discussions"), lambda user: Thread.objects.visible_to(user).listed().prefetch_related("target")
)
register_reason("discussion_place", _("You get this because you belong to %(place)s."))
register_reason("discussion_follow", _("You get this because you follow this discussion."))
register_reason("discussion_mention", _("You get this because you are mentioned in it."))

_STARTED = _("%(by)s has started a discussion in %(place)s: %(title)s")
_POSTED = _("%(by)s has written in %(title)s (%(place)s).")
_MENTIONED = _("%(by)s mentions you in %(title)s (%(place)s).")

register_places(
    PlaceKind("discussion", _("My discussions"),
              _("The discussions you follow or have muted. Whether a post comes by mail is said by the group it stands in."),
              hearing.CHOICES, hearing.mine, hearing.choose, hearing.silenced)
)  # fmt: skip
register_area("discussions", _("Discussions"), "discussion")
register_kind(
    Kind("discussion.mentioned", _("Somebody mentions me in a discussion"), DISCUSSIONS, _MENTIONED, READ, urgent=True, icon="comment",
         many=ngettext_lazy("You are mentioned once in %(title)s (%(place)s).",
                            "You are mentioned %(number)d times in %(title)s (%(place)s).", "number"), digest="", about="thread"),
    Kind("discussion.mentioned_quietly", _("Somebody mentions me in a discussion"), DISCUSSIONS, _MENTIONED, READ, mail=False,
         icon="comment", digest="", about="thread", twin_of="discussion.mentioned"),
    Kind("discussion.started", _("A new discussion in a group of mine"), DISCUSSIONS, _STARTED, READ, urgent=True,
         icon="comment",
         many=ngettext_lazy("%(number)d new discussion in %(place)s", "%(number)d new discussions in %(place)s", "number"),
         digest=POSTS, about="thread.target"),
    Kind("discussion.started_quietly", _("A new discussion in a group of mine"), DISCUSSIONS, _STARTED, READ, mail=False,
         icon="comment", digest=POSTS, about="thread.target", twin_of="discussion.started"),
    Kind("discussion.posted", _("A post in a discussion I follow; in the digest, in any of my groups"), DISCUSSIONS, _POSTED, READ,
         urgent=True, icon="comment",
         many=ngettext_lazy("%(number)d new post in %(title)s (%(place)s)", "%(number)d new posts in %(title)s (%(place)s)", "number"),
         digest=POSTS, about="thread"),
    Kind("discussion.posted_quietly", _("A post in a discussion I follow; in the digest, in any of my groups"), DISCUSSIONS, _POSTED,
         READ, mail=False, icon="comment", digest=POSTS, about="thread", twin_of="discussion.posted"),
    Kind("discussion.answered", _("A post is marked as the answer to a discussion I began or follow"), DISCUSSIONS,
         _("%(by)s has marked the answer to %(title)s (%(place)s)."), _("Read the answer"), mail=False, icon="check", digest=""),
    Kind("discussion.is_answer", _("My post is marked as the answer"), DISCUSSIONS,
         _("%(by)s has marked your post as the answer to %(title)s (%(place)s)."), READ, mail=False, icon="check", digest=""),
    Kind("discussion.useful", _("Somebody finds my post useful"), DISCUSSIONS,
         _("%(by)s finds your post in %(title)s (%(place)s) useful."), READ, mail=False, icon="comment",
         digest="", many=_("%(people)s find your post in %(title)s (%(place)s) useful.")),
    Kind("discussion.closed", _("A discussion I began is closed"), DISCUSSIONS,
         _("%(by)s has closed the discussion %(title)s (%(place)s). It can still be read."), _("Read the discussion"), mail=False,
         icon="lock", digest=""),
    Kind("discussion.post_removed", _("A post of mine is taken away"), DISCUSSIONS,
         _("%(by)s has taken away your post in %(title)s (%(place)s)."), _("Open the discussion"), urgent=True, icon="comment", digest=""),
    Kind("discussion.removed", _("A discussion I began is taken away"), DISCUSSIONS,
         _("%(by)s has taken away your discussion %(title)s (%(place)s)."), _("See the discussions"), urgent=True, icon="comment",
         digest=""),
)  # fmt: skip

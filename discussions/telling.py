"""Whom the verbs of discussions tell, and how loudly: as each member chose for the place, and never what was muted."""

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import get_language

from conversations.models import Post
from discussions.following import follows_of, mutes_of
from discussions.hosts import host_of
from discussions.mentions import as_plain_words
from notifications.actions import notify, said_in_languages
from notifications.models import Notification, OutboxEntry

AT_ONCE, DIGEST, MUTED = "at_once", "digest", "mute"
QUIET = "discussion.posted_quietly"
MENTIONED = ("discussion.mentioned", "discussion.mentioned_quietly")


class Hearers:
    """The people of a thread's place with the news they chose there, and who has muted the thread."""

    def __init__(self, thread):
        self.thread, self.host = thread, host_of(thread.target)
        self.news = dict(self.host.news(thread.target)) if self.host else {}
        self.muted = set(mutes_of(thread).values_list("user_id", flat=True))

    def of(self, people, news):
        """Those of `people` who chose `news`; who follows without belonging to the place hears in the portal."""
        return [pk for pk in people if pk not in self.muted and self.news.get(pk, DIGEST) == news]

    def is_quiet(self, pk):
        return pk in self.muted or self.news.get(pk, DIGEST) == MUTED


def tell_started(thread, post, *, by, called=(), now=None):
    """Everybody of the place, in the way each chose; who is called by name hears that instead."""
    hearers, called = Hearers(thread), _tell_called(thread, post, called, by=by, now=now)
    for kind, news in (("discussion.started", AT_ONCE), ("discussion.started_quietly", DIGEST)):
        _tell(kind, post, thread, [pk for pk in hearers.of(hearers.news, news) if pk not in called], "discussion_place", by=by, now=now)


def tell_posted(thread, post, *, by, called=(), now=None):
    """Those who follow the thread. In the portal one unread notice of a thread is enough."""
    hearers, called = Hearers(thread), _tell_called(thread, post, called, by=by, now=now)
    following = [pk for pk in follows_of(thread).order_by("pk").values_list("user_id", flat=True) if pk not in called]
    _tell("discussion.posted", post, thread, hearers.of(following, AT_ONCE), "discussion_follow", by=by, now=now)
    quiet = hearers.of(following, DIGEST)
    waiting = _with_unread_notice(thread, quiet)
    _tell(QUIET, post, thread, [pk for pk in quiet if pk not in waiting], "discussion_follow", by=by, now=now)


def tell_called(thread, post, people, *, by, now=None):
    """Those whom an edit calls by name, and who were not told of this post before: taking a name out and in again mails nobody twice."""
    kind = ContentType.objects.get_for_model(Post)
    entries = OutboxEntry.objects.filter(kind__in=MENTIONED, target_type=kind, target_id=post.pk) if people else ()
    told = {pk for entry in entries for pk, _reason in entry.receivers}
    _tell_called(thread, post, [person for person in people if person.pk not in told], by=by, now=now)


def _tell_called(thread, post, people, *, by, now):
    """Returns the keys of those who are told."""
    people = {person.pk for person in people}
    if people:
        hearers = Hearers(thread)
        quiet = {pk for pk in people if hearers.is_quiet(pk)}
        _tell("discussion.mentioned", post, thread, sorted(people - quiet), "discussion_mention", by=by, now=now)
        _tell("discussion.mentioned_quietly", post, thread, sorted(quiet), "discussion_mention", by=by, now=now)
    return people


def _with_unread_notice(thread, people):
    about = {"entry__kind": QUIET, "entry__target_type": ContentType.objects.get_for_model(Post),
             "entry__target_id__in": thread.posts.order_by().values("pk")}  # fmt: skip
    return set(Notification.objects.unread().filter(user__in=people, **about).values_list("user_id", flat=True)) if people else set()


def tell_answer(thread, post, *, by, now=None):
    """Whose post it is; whoever began the thread, and who follows it."""
    _tell("discussion.is_answer", post, thread, [post.author_id], "author", by=by, now=now, note=False)
    muted = set(mutes_of(thread).values_list("user_id", flat=True))
    others = [(thread.started_by_id, "author"), *((pk, "discussion_follow") for pk in follows_of(thread).values_list("user_id", flat=True))]
    others = [(pk, reason) for pk, reason in others if pk not in muted and pk != post.author_id]
    _notify("discussion.answered", post, thread, others, by=by, now=now, note=False)


def tell_useful(thread, post, *, by, now=None):
    """Its author, once as long as the notice is unread; never by mail."""
    about = {"entry__kind": "discussion.useful", "entry__target_type": ContentType.objects.get_for_model(Post), "entry__target_id": post.pk}
    if not Notification.objects.unread().filter(user=post.author_id, **about).exists():
        _tell("discussion.useful", post, thread, [post.author_id], "author", by=by, now=now, note=False)


def tell_closed(thread, *, by, now=None):
    _notify(
        "discussion.closed",
        thread,
        thread,
        [(thread.started_by_id, "author")],
        by=by,
        now=now,
        url=host_of(thread.target).thread_url(thread),
    )


def tell_post_removed(thread, post, *, by, reason="", now=None):
    """Its author. The notice is about the thread: the post is not shown any more."""
    _notify(
        "discussion.post_removed",
        thread,
        thread,
        [(post.author_id, "author")],
        by=by,
        now=now,
        words=reason,
        url=host_of(thread.target).thread_url(thread),
    )


def tell_removed(thread, *, by, reason="", now=None):
    """Whoever began it. The notice is about the place: the thread is not shown any more."""
    url = host_of(thread.target).list_url(thread.target)
    _notify("discussion.removed", thread.target, thread, [(thread.started_by_id, "author")], by=by, now=now, words=reason, url=url)


def _tell(kind, post, thread, people, reason, *, by, now, note=True):
    _notify(kind, post, thread, [(pk, reason) for pk in people if pk], by=by, now=now, note=note)


def _notify(kind, target, thread, to, *, by, now, note=False, words="", url=""):
    if not to:
        return
    notify(
        kind, target, by=by, to=[(pk, reason) for pk, reason in to if pk], now=now,
        context={"title": thread.title, "place": said_in_languages(thread.target)},
        note=as_plain_words(target.text) if note else words, url=_plain(url or host_of(thread.target).post_url(target)),
    )  # fmt: skip


def _plain(url):
    """An address as notifications keep it: without the language in front."""
    code = get_language() or ""
    return url.removeprefix(f"/{code}") if url.startswith(f"/{code}/") else url

"""The discussions a member has chosen for: followed or muted. What is heard of them is chosen where all notifications are."""

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import F
from django.utils.translation import pgettext_lazy

from conversations.models import Post, Thread
from discussions.following import Choice, follow_thread, mute_thread, unfollow_thread, with_choice_of
from discussions.hosts import host_of, hosts
from discussions.models import Mute
from notifications.places import Place, nouns_in

#: The newest are shown; a discussion has its own buttons, too.
MOST = 50
NEITHER = "neither"
CHOICES = (
    (Choice.FOLLOW.value, pgettext_lazy("news of a discussion", "Each new post")),
    (NEITHER, pgettext_lazy("news of a discussion", "Only when I am mentioned")),
    (Choice.MUTE.value, pgettext_lazy("news of a discussion", "Not at all")),
)


def mine(user):
    """Those the member follows or has muted and may read, the last written in first."""
    seen = with_choice_of(Thread.objects.visible_to(user).listed(), user).exclude(choice="")
    places = GenericPrefetch("target", [host.found(user) for host in hosts()])
    threads = seen.order_by(F("last_post_at").desc(nulls_last=True), "-pk").prefetch_related(places)[:MOST]
    return [
        Place(thread.pk, thread.title, thread.choice, host_of(thread.target).thread_url(thread), str(thread.target))
        for thread in threads if host_of(thread.target)
    ]  # fmt: skip


def choose(user, pk, value):
    """What the member wants to hear of one of them; of one that is not there any more there is nothing to choose."""
    thread = Thread.objects.visible_to(user).filter(pk=pk).first()
    carry_out = {Choice.FOLLOW.value: follow_thread, NEITHER: unfollow_thread, Choice.MUTE.value: mute_thread}
    if thread:
        carry_out[value](thread, user)


def silenced(deliveries):
    """Mails about posts in discussions that their readers have muted since."""
    posts = nouns_in(deliveries, Post)
    if not posts:
        return []
    threads = dict(Post.objects.filter(pk__in=posts).values_list("pk", "thread"))
    muted = set(Mute.objects.filter(thread__in=threads.values()).values_list("user", "thread"))
    return [one.pk for pk, told in posts.items() for one in told if (one.user_id, threads.get(pk)) in muted]

"""Threads that answer a search: by their title, or by a post."""

from django.db.models import F, FloatField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from common.search import Matches, Rank, TextQuery
from conversations.models import Post, Thread

#: A word in the title says more about a thread than the same word in one of its posts.
TITLE_COUNTS = 2.0


def answering(threads, search):
    """Those of `threads` that answer, with `rank` and `best`, the number of the post that answers best (None where only the title does).

    Without wanted words nothing answers.
    """
    if not search.wanted:
        return threads.none()
    query = TextQuery(search.wanted)
    posts, titles = Post.objects.standing().filter(Matches(F("vector"), query)), Q(Matches(F("vector"), query))
    if search.unwanted:
        unwanted = Matches(F("vector"), TextQuery(search.unwanted, every=False, prefix=False))
        posts, threads = posts.exclude(unwanted), threads.exclude(unwanted)
    best = best_posts(posts, query)
    rank = Coalesce(Subquery(best.values("rank")[:1]), Value(0.0), output_field=FloatField())
    found = threads.filter(titles | Q(pk__in=posts.order_by().values("thread")))
    return found.annotate(best=Subquery(best.values("number")[:1]), rank=rank + TITLE_COUNTS * Rank(F("vector"), query))


def best_posts(posts, query):
    """The posts of a thread, the one that answers best first: for a subquery."""
    return posts.filter(thread=OuterRef("pk")).annotate(rank=Rank(F("vector"), query)).order_by("-rank", "number")


def excerpts(search, excerpt):
    """`excerpt`, an expression over a post, of the post that answers best: for annotating what `answering` found."""
    query = TextQuery(search.wanted)
    posts = Post.objects.standing().filter(Matches(F("vector"), query))
    return Subquery(best_posts(posts, query).annotate(words=excerpt).values("words")[:1])


def seen_by(user):
    """The threads that somebody finds: discussions that stand in a list."""
    return Thread.objects.visible_to(user).listed()

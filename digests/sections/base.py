"""What every section of a digest is."""

from collections import defaultdict

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType

from digests.news import News, Told
from notifications.kinds import FOLLOWABLE

SHOWN = 5


def words_of(model, to_noun, keys, *fields):
    """{primary key: ((language, title, text), …), the original first} of nouns with texts; one query. One field leaves the text empty."""
    texts, found = model._meta.get_field("texts").related_model.objects.filter(**{f"{to_noun}__in": keys}), defaultdict(list)
    for pk, language, title, *text in texts.order_by("-is_original", "pk").values_list(f"{to_noun}_id", "language", *fields):
        found[pk].append((language, title, text[0] if text else ""))
    return {pk: tuple(rows) for pk, rows in found.items()}


class Section:
    """One heading of the digest and what stands below it. A new noun is one file with one of these.

    `key` stands in the ledger and in the address of "+N more"; `label` is the heading; `about` says in the settings what it is.
    """

    key = ""
    label = ""
    about = ""
    shown = SHOWN
    #: Whether what it tells is enough for a mail.
    is_news = True

    def for_readers(self, chunk, cached):
        """{member: [Told]} in a constant number of queries. `cached(key, function)` keeps what is the same for all readers."""
        return {}

    def note(self, news, language):
        """A line of facts below the text, in the active language."""
        return ""


class Published(Section):
    """What was published and matches what a reader follows, each with why."""

    model = None
    #: The key of its texts to the noun, and the fields of title and text there.
    to_noun, words = "", ("title", "summary")
    #: (word of what can be followed, path to it) beside its themes.
    followed = (("organisation", "organisation"),)
    #: What is read of each row; its `address` and its `note` take the values in this order.
    columns = ("slug",)
    address = ""

    def rows(self, window):
        """Those that may stand in any reader's digest."""
        since, until = window
        return self.model.objects.listed().filter(published_at__gte=since, published_at__lt=until)

    def news(self, window):
        """[News] of a window, the newest first; a fixed number of queries."""
        rows = list(self.rows(window).order_by("-published_at", "-pk").values_list("pk", "published_at", *self.columns))
        keys = [row[0] for row in rows]
        words, about = words_of(self.model, self.to_noun, keys, *self.words), self._about(keys)
        public = set(self.model.objects.visible_to(AnonymousUser()).filter(pk__in=keys).values_list("pk", flat=True))
        kind = ContentType.objects.get_for_model(self.model).pk
        return [
            News(self.key, (kind, pk), at, words[pk], self.address.format(*facts), frozenset(about[pk]), pk in public, tuple(facts))
            for pk, at, *facts in rows if pk in words
        ]  # fmt: skip

    def _about(self, keys):
        """{primary key: what one may follow to hear of it}."""
        found, rows = defaultdict(set), self.model.objects.filter(pk__in=keys).order_by()
        for word, path in (("theme", "themes"), *self.followed):
            kind = ContentType.objects.get_for_model(FOLLOWABLE[word].model).pk
            for pk, other in rows.filter(**{f"{path}__isnull": False}).values_list("pk", path):
                found[pk].add((kind, other))
        return found

    def for_readers(self, chunk, cached):
        """What each follows, newest first; the reason is what he or she has followed longest."""
        index = cached((self.key, "index"), lambda: self._index(chunk))
        found = {}
        for reader in chunk.readers:
            mine, muted = {}, chunk.muted.get(reader.user.pk, ())
            for followed in chunk.follows.get(reader.user.pk, ()):
                if followed in muted:
                    continue
                for news in index.get(followed, ()):
                    if reader.since <= news.at < reader.until and not (muted and news.about & muted):
                        mine.setdefault(news.noun, Told(news, followed))
            found[reader.user.pk] = sorted(mine.values(), key=lambda told: told.news.at, reverse=True)
        return found

    def _index(self, chunk):
        index = defaultdict(list)
        for news in self.news(chunk.window):
            for followed in news.about:
                index[followed].append(news)
        return index

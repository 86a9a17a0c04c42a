"""What every section of a digest is."""

from collections import defaultdict

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Value
from django.utils.translation import gettext_lazy as _

from digests.news import News, Told
from notifications.kinds import FOLLOWABLE, FOLLOWED
from workinggroups.models import WorkingGroup

SHOWN = 5
ORANGE, GREEN, BLUE, OLIVE, AMBER = "#cf6a32", "#3a8d7c", "#6a7fc4", "#9c8427", "#c27a28"

#: Why something comes that the reader follows nothing for.
WHY = {
    "registered": _("Because you are registered"),
    "named": _("Because you stand in its minutes"),
    "owner": _("Because it is yours to do"),
    "guest": _("Because you asked for the visit"),
    "host": _("Because you answer for the living lab"),
    "asks": _("Because you act for the organisation that asks for the test"),
    "yours": _("Because you write for its organisation"),
    "editors": _("Chosen by the editors"),
}
OF_GROUP = _("Because you belong to the working group or follow it")


def words_of(model, to_noun, keys, *fields):
    """{primary key: ((language, title, text), …), the original first} of nouns with texts; one query. One field leaves the text empty."""
    texts, found = model._meta.get_field("texts").related_model.objects.filter(**{f"{to_noun}__in": keys}), defaultdict(list)
    for pk, language, title, *text in texts.order_by("-is_original", "pk").values_list(f"{to_noun}_id", "language", *fields):
        found[pk].append((language, title, text[0] if text else ""))
    return {pk: tuple(rows) for pk, rows in found.items()}


def group_names(keys, cached):
    """{group: ((language, name, ""), …)}; those that another section or the chunk before asked for are known."""
    known = cached("group names", dict)
    if missing := set(keys) - known.keys():
        known |= dict.fromkeys(missing, ()) | words_of(WorkingGroup, "group", missing, "name")
    return known


class Section:
    """One heading of the digest and what stands below it. A new noun is one file with one of these.

    `key` stands in the ledger and in the address of "+N more"; `label` is the heading; `about` says in the settings what it is.
    """

    key = ""
    label = ""
    about = ""
    #: Of the bar beside its rows, so that one sees where another heading begins; nothing is said by it alone.
    colour = ORANGE
    shown = SHOWN
    #: Why news of a group come, where neither the heading nor the line of facts says it.
    of_group = ""
    #: The kind of notification whose choice for the digest counts for what it tells.
    kind = ""
    #: Whether what it tells is enough for a mail.
    is_news = True

    def for_readers(self, chunk, cached):
        """{member: [Told]} in a constant number of queries. `cached(key, function)` keeps what is the same for all readers."""
        return {}

    def note(self, news, language):
        """A line of facts below the text, in the active language."""
        return ""

    def kind_of(self, news):
        """The kind of notification whose choice counts for this one; "" for none."""
        return self.kind


class Published(Section):
    """What was published and matches what a reader follows, each with why."""

    kind = FOLLOWED.name
    model = None
    #: Where its texts are, and the fields of title and text there.
    texts, words = "texts", ("title", "summary")
    #: (word of what can be followed, path to it); what is called `themes` everywhere need not be named.
    followed = (("organisation", "organisation"),)
    themes = "themes"
    #: When others could read it first.
    moment = "published_at"
    #: What is read of each row; its `address` and its `note` take the values in this order.
    columns = ("slug",)
    address = ""

    def published(self):
        """Those that somebody may read at this moment."""
        return self.model.objects.listed()

    def rows(self, window):
        """Those that may stand in any reader's digest."""
        since, until = window
        return self.published().filter(**{f"{self.moment}__gte": since, f"{self.moment}__lt": until})

    def news_of(self, rows):
        """[News] of some rows, the newest first; two queries, whatever their number."""
        open_to_all = Exists(self.model.objects.visible_to(AnonymousUser()).filter(pk=OuterRef("pk")).order_by())
        order = (f"-{self.moment}", "-pk", f"-{self.texts}__is_original", f"{self.texts}__pk")
        texts = [f"{self.texts}__{name}" for name in ("language", *self.words)]
        found = {}  # a row comes once for each language of its text, the original first
        for pk, at, is_public, *row in (
            rows.annotate(open_to_all=open_to_all).order_by(*order).values_list("pk", self.moment, "open_to_all", *self.columns, *texts)
        ):
            facts, (language, title, *text) = row[: len(self.columns)], row[len(self.columns) :]
            if language:
                found.setdefault(pk, (at, is_public, tuple(facts), []))[-1].append((language, title, text[0] if text else ""))
        if not found:
            return []
        about, words, kind = self._about(list(found)), self.words_for(found), ContentType.objects.get_for_model(self.model).pk
        return [
            News(self.key, (kind, pk), at, words[pk], self.address.format(*facts), frozenset(about[pk]), is_public, facts)
            for pk, (at, is_public, facts, _texts) in found.items()
        ]

    def words_for(self, found):
        """{primary key: ((language, title, text), …)} from {primary key: (moment, is public, facts, texts)}."""
        return {pk: tuple(one[-1]) for pk, one in found.items()}

    def _about(self, keys):
        """{primary key: what one may follow to hear of it}; one query."""
        first, *others = self._related(self.model.objects.filter(pk__in=keys).order_by())
        found = defaultdict(set)
        for kind, pk, other in first.union(*others, all=True):
            found[pk].add((kind, other))
        return found

    def _related(self, rows):
        """Queries for (content type, primary key, what it is about), one for each path."""
        for word, path in (("theme", self.themes), *self.followed):
            kind = ContentType.objects.get_for_model(FOLLOWABLE[word].model).pk
            yield rows.filter(**{f"{path}__isnull": False}).values_list(Value(kind), "pk", path)

    def for_readers(self, chunk, cached):
        """What each follows, newest first; the reason is what he or she has followed longest."""
        index, told, found = self.index(chunk, cached), cached((self.key, "told"), dict), {}
        for reader in chunk.readers:
            user, since, until, mine = reader.user.pk, reader.since, reader.until, {}
            muted = chunk.muted.get(user, ())
            for followed in chunk.follows.get(user, ()):
                if followed in muted or followed not in index:
                    continue
                if followed not in told:  # the same for all who follow it
                    told[followed] = [Told(news, followed) for news in index[followed]]
                for one in told[followed]:
                    news = one.news
                    if since <= news.at < until and news.noun not in mine and not (muted and news.about & muted):
                        mine[news.noun] = one
            found[user] = sorted(mine.values(), key=lambda told: told.news.at, reverse=True)
        return found

    def index(self, chunk, cached):
        """{what can be followed: [News]}, found once for all readers."""
        return cached((self.key, "index"), lambda: by_followed(self.news_of(self.rows(chunk.window))))


def by_followed(found):
    """{what can be followed: [News]}"""
    index = defaultdict(list)
    for news in found:
        for followed in news.about:
            index[followed].append(news)
    return index

"""A hit as the page shows it, and how texts that answer are found once for each noun."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import BooleanField, Case, Count, F, IntegerField, Q, Value, When, Window

from common.rich_text import HIT_END, HIT_START, highlight
from common.search import Headline, Matches, Rank, TextQuery, mark_folded

LONGEST_EXCERPT = 35  # words


@dataclass(frozen=True)
class Hit:
    """One thing that answers. `title` and `text` are safe markup with the found words in <mark>; `note` is a line of facts."""

    kind: str
    icon: str
    url: str
    title: str
    text: str = ""
    language: str = ""
    note: str = ""


class Excerpt(Headline):
    """The part of a text where the words stand, instead of the whole of it."""

    def __init__(self, column, query, **where):
        super().__init__(column, query, start=HIT_START, end=HIT_END, **where)
        self.options = f"MaxFragments=1, MaxWords={LONGEST_EXCERPT}, MinWords=12, StartSel={HIT_START}, StopSel={HIT_END}"


def marked(text, search):
    """A short text as safe markup, with the words of the search marked."""
    return highlight(mark_folded(text, search, HIT_START, HIT_END))


def answering(rows, search, *, vector="vector", language="language", of, reader):
    """Those of `rows` (texts with a `vector` and a `language`) that answer, one for each `of`.

    With `rank` and `own` (whether in the reader's language), which is preferred. Without wanted words nothing answers: "all but
    these" is a question for the catalogue.
    """
    if not search.wanted:
        return rows.none()
    query = TextQuery(search.wanted)
    found = rows.filter(Matches(F(vector), query))
    if search.unwanted:
        found = found.exclude(Matches(F(vector), TextQuery(search.unwanted, every=False, prefix=False)))
    own = Case(When(Q(**{language: reader}), then=Value(True)), default=Value(False), output_field=BooleanField())
    found = found.annotate(own=own, rank=Rank(F(vector), query))
    once = found.order_by(of, "-own", "-rank", "pk").distinct(of).values("pk")
    return found.filter(pk__in=once)


def look_ahead(several):
    """Ask once which of `several` (`Counted`) have any hit: the others are asked nothing more, however many kinds there are."""
    asked = {number: one for number, one in enumerate(several) if not one.rows.query.is_empty()}
    queries = [one.rows.order_by().annotate(which=Value(number, IntegerField())).values_list("which")[:1] for number, one in asked.items()]
    having = {number for (number,) in queries[0].union(*queries[1:], all=True)} if queries else set()
    for number, one in enumerate(several):
        if number not in having:
            one.answer_nothing()


class Counted:
    """The `first` hits of some rows, in this order, and how many there are, in one query; further pages ask for their own rows."""

    def __init__(self, rows, *order, first):
        self.rows, self.order, self.first = rows, order, first

    def _ordered(self):
        return self.rows if self.rows.query.is_empty() else self.rows.order_by(*self.order)

    @cached_property
    def _first(self):
        return list(self._ordered().annotate(among=Window(Count("*")))[: self.first])

    def answer_nothing(self):
        """There is no hit, as is known already."""
        self._first = []

    @property
    def count(self):
        return self._first[0].among if self._first else 0

    def __getitem__(self, part):
        """The rows of a slice with both ends, from those read already where they are enough."""
        is_read = part.stop <= len(self._first) or len(self._first) < self.first
        return self._first[part] if is_read else list(self._ordered()[part])

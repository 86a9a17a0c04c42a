"""A hit as the page shows it, and how texts that answer are found once for each noun."""

from dataclasses import dataclass

from django.db.models import BooleanField, Case, F, Q, Value, When

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

"""Searching the texts of projects: what answers, in which order, and where the words stand."""

from django.db.models import Case, F, FloatField, Func, OuterRef, Q, Subquery, Value, When
from django.utils.translation import get_language

from common.rich_text import HIT_END, HIT_START, highlight
from common.search import Headline, Matches, Rank, TextQuery, Without, mark_folded
from projects.cards import CUT
from projects.models import Project, ProjectText

OWN_LANGUAGE = 1.1  # a text in the reader's language is preferred where two answer equally well
ORIGINAL = 1.02  # and the original to its translation


class _TermsVector(Func):
    """Facet terms as words: `municipality:hoje-taastrup` → municipality, hoje, taastrup."""

    template = "to_tsvector('pg_catalog.simple', translate(array_to_string(%(expressions)s, ' '), ':-', '  '))"


def matching(search):
    """The condition that a project answers a `common.search.SearchText`.

    One text holds all that is wanted. Nothing that is unwanted stands in any text, nor in the names of themes, places,
    organisations and tags; synonyms of a theme do not count against a project.
    """
    condition = Q()
    if search.wanted:
        condition &= Q(pk__in=_projects_with(Matches(F("vector"), TextQuery(search.wanted))))
    if search.unwanted:
        unwanted = TextQuery(search.unwanted, every=False, prefix=False)
        own_words = Matches(Without(F("vector"), "B"), unwanted)
        names = Matches(_TermsVector(F("project__facet_terms")), unwanted)
        # The first condition is the index's; the second looks closer at what it finds.
        condition &= ~Q(pk__in=_projects_with(Matches(F("vector"), unwanted), Q(own_words) | Q(names)))
    return condition


def nearly_matching(search):
    """The condition that a project has at least one of the wanted words."""
    return Q(pk__in=_projects_with(Matches(F("vector"), TextQuery(search.wanted, every=False))))


def _projects_with(*conditions):
    return ProjectText.objects.filter(*conditions).order_by().values("project")


def best_first(projects, search, *, every=True):
    """These projects (a sliced queryset), those that answer best first, the newer of two equals before.

    `every=False` ranks also texts that have only some of the wanted words.
    """
    query = TextQuery(search.wanted, every=every)
    weight = Case(
        When(language=get_language(), then=Value(OWN_LANGUAGE)),
        When(is_original=True, then=Value(ORIGINAL)),
        default=Value(1.0),
        output_field=FloatField(),
    )
    texts = ProjectText.objects.filter(Matches(F("vector"), query), project=OuterRef("pk"))
    best = texts.annotate(rank=Rank(F("vector"), query) * weight).order_by("-rank").values("rank")[:1]
    ranked = Project.objects.filter(pk__in=projects.values("pk")).annotate(rank=Subquery(best))
    return ranked.order_by(F("rank").desc(nulls_last=True), "-published_at", "-pk")


def mark_hits(cards, search):
    """Give each card's title and summary with the found words in `<mark>`, as `card.marked`; one query for a page.

    PostgreSQL marks by stems, so that "sensor" marks "sensorer"; what was found without its accents is marked here.
    """
    if not (cards and search.wanted):
        return cards
    query = TextQuery(search.wanted, every=False)
    with_marks = {name: Headline(name, query, start=HIT_START, end=HIT_END) for name in ("title", "summary")}
    languages = {card.pk: card.text["language"] for card in cards}
    rows = ProjectText.objects.filter(project__in=list(languages)).annotate(**{f"marked_{n}": one for n, one in with_marks.items()})
    columns = ("project", "language", "marked_title", "marked_summary")
    marked = {(pk, language): (title, summary) for pk, language, title, summary in rows.values_list(*columns)}
    for card in cards:
        title, summary = (mark_folded(text, search, HIT_START, HIT_END) for text in marked[card.pk, card.text["language"]])
        card.marked = {"title": highlight(title), "summary": highlight(_cut_like(card.summary, summary))}
    return cards


def _cut_like(shown, marked):
    """The marked text as far as the card shows it."""
    if not shown.endswith(CUT):
        return marked
    room = len(shown) - len(CUT)
    for place, character in enumerate(marked):
        if character not in (HIT_START, HIT_END):
            room -= 1
        if room < 0:
            return marked[:place] + CUT
    return marked

"""Searching the texts of projects: what answers, in which order, and where the words stand."""

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Case, F, FloatField, Func, OuterRef, Q, Subquery, Value, When
from django.utils.translation import get_language

from common.languages import language_codes
from common.rich_text import HIT_END, HIT_START, highlight
from common.search import CONFIGURATIONS, Headline, Matches, Rank, TextQuery, mark_folded, sql_fold
from projects.cards import CUT
from projects.models import Project, ProjectText
from taxonomy.models import Tag, Theme

OWN_LANGUAGE = 1.1  # a text in the reader's language is preferred where two answer equally well
ORIGINAL = 1.02  # and the original to its translation


class _Words(Func):
    """Everything a JSON column says in any language, as words in the portal's languages and folded."""

    output_field = SearchVectorField()

    def as_sql(self, compiler, connection):
        (column,) = self.get_source_expressions()
        sql, parameters = compiler.compile(column)
        words = f"translate({sql}::text, '[]{{}}\",:', '       ')"
        return f"to_tsvector('pg_catalog.simple', {sql_fold(words)}) || " + " || ".join(
            f"to_tsvector('pg_catalog.{CONFIGURATIONS[code]}', {words})" for code in language_codes() if code in CONFIGURATIONS
        ), parameters * (1 + len(language_codes()))


def matching(search):
    """The condition that a project answers a `common.search.SearchText`.

    One text holds all that is wanted, and none holds anything that is unwanted. That a theme of the project has an
    unwanted word among its synonyms does not count: nobody wrote it.
    """
    condition = _without_unwanted(search)
    if search.wanted:
        condition &= Q(pk__in=_projects_with(Matches(F("vector"), TextQuery(search.wanted), by_index=True)))
    return condition


def _without_unwanted(search):
    if not search.unwanted:
        return Q()
    by_index = Matches(F("vector"), _unwanted(search), by_index=True)
    return ~Q(pk__in=_projects_with(by_index, *_not_by_synonym_only(search)))


def _unwanted(search, weights=""):
    return TextQuery(search.unwanted, every=False, prefix=False, weights=weights)


def _not_by_synonym_only(search):
    """The condition on texts that holds unless a theme's synonym is all there is of the unwanted; none where no theme has one.

    A tag of the project, and the name of one of its themes, are somebody's own words as well.
    """
    synonyms, names = (Matches(_Words(F(name)), _unwanted(search)) for name in ("synonyms", "names"))
    themes = Theme.objects.filter(synonyms | Q(names)).annotate(named=Case(When(names, then=Value(True)), default=Value(False)))
    found = list(themes.values_list("slug", "named"))
    by_synonym = [f"theme:{slug}" for slug, named in found if not named]
    if not by_synonym:
        return []
    own = [f"theme:{slug}" for slug, named in found if named] + [f"tag:{Tag().slugify(word)}" for word in search.unwanted]
    said = Q(Matches(F("vector"), _unwanted(search, "ACD"))) | Q(project__facet_terms__overlap=own)
    return [~Q(project__facet_terms__overlap=by_synonym) | said]


def nearly_matching(search):
    """The condition that a project has at least one of the wanted words and none of the unwanted."""
    some = Matches(F("vector"), TextQuery(search.wanted, every=False), by_index=True)
    return Q(pk__in=_projects_with(some)) & _without_unwanted(search)


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

"""How many projects each value of each filter would show.

A filter does not narrow its own numbers; the others do. One statement counts everything: what is common to all filters once,
and each chosen filter's own values over the projects of the others. Numbers of everything the public sees are kept in
`TermCount` and refreshed by a task, once they are too many to be counted for each visitor.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from projects.models import Project, TermCount

#: Up to here numbers are always those of this moment.
EXACT = 1_000
KEPT = 60  # seconds that larger numbers may be old
TOTAL = ""  # the term every project has
COLUMNS = ("kind", "phase")  # filters that are columns of a project as well
DROPPED = "-"  # before the name of a filter: how many projects there are without it

_COUNT = "SELECT term, count(*) AS n FROM (SELECT unnest(facet_terms || ''::text) AS term FROM ({rows}) AS rows) AS terms"
#: The largest values of each filter, and the chosen ones whatever their size.
_LARGEST = """{before}
SELECT term, n, values FROM (
  SELECT term, n, row_number() OVER (PARTITION BY split_part(term, ':', 1) ORDER BY n DESC, term) AS place,
    count(*) OVER (PARTITION BY split_part(term, ':', 1)) AS values
  FROM ({counts}) AS counts
) AS placed
WHERE place <= CASE WHEN split_part(term, ':', 1) = ANY(%s) THEN %s ELSE %s END OR term = ANY(%s)
"""


@dataclass(frozen=True)
class Counts:
    """`terms`: numbers by term, the largest of each filter and the chosen ones. `values`: how many values a filter has.

    `dropped`: for each chosen filter, how many projects there are without it.
    """

    total: int
    terms: dict
    values: dict
    dropped: dict

    @property
    def is_exact(self):
        return self.total <= EXACT


def count(found, *, shown, more=(), most=200):
    """The `Counts` of a `ProjectFilter`: `shown` values of each filter, `most` of those named in `more`. At most two queries."""
    key = _key(found, shown, more)
    counts = cache.get(key)
    if counts is None:
        counts = _count(found, shown, more, most)
        if not counts.is_exact:
            cache.set(key, counts, KEPT)
    return counts


def _key(found, shown, more):
    audience = "public" if found.is_public else f"member-{found.user.pk}"
    asked = sha256(repr((found.parameters(sort=None), shown, more)).encode()).hexdigest()
    return f"project-counts:{audience}:{asked}"


def _count(found, shown, more, most):
    before, counts, values = _statement(found)
    chosen = [term for name in found.chosen_facets for term in found.terms(name)]
    with connection.cursor() as cursor:
        cursor.execute(_LARGEST.format(before=before, counts=counts), [*values, list(more), most, shown, chosen])
        rows = cursor.fetchall()
    numbers = {term: n for term, n, _values in rows}
    terms = {term: n for term, n in numbers.items() if ":" in term}
    values = {term.partition(":")[0]: number for term, _n, number in rows if term in terms}
    dropped = {name: numbers.get(DROPPED + name, 0) for name in found.chosen_facets}
    return Counts(numbers.get(TOTAL, 0), terms, values, dropped)


def _statement(found):
    """SQL before the SELECT, SQL of (term, n) and the values of both."""
    chosen = found.chosen_facets
    kept = _kept(found)
    if kept and not chosen:
        return "", f"SELECT term, n FROM {_kept_table()}", []  # noqa: S608 - a table's name
    before, values = "", []
    if found.search:
        sql, values = _sql(found.found)
        before = f"WITH answers AS MATERIALIZED ({sql})"
    sql, of_all = _by_subtraction(found) if _is_broad(found, kept) else _of_rows(found)
    # Not in the part's own WHERE: that would be asked of every row before it is counted.
    parts = [(f"SELECT term, n FROM ({sql} OFFSET 0) AS others WHERE split_part(term, ':', 1) <> ALL(%s)", [*of_all, chosen])]  # noqa: S608
    parts += [_own(found, name, kept) for name in chosen]
    return before, " UNION ALL ".join(sql for sql, _values in parts), [*values, *(one for _sql, part in parts for one in part)]


def _own(found, name, kept):
    """The numbers of a chosen filter's own values over the projects of the others, and how many those are."""
    if kept:
        sql, values = f"SELECT term, n FROM {_kept_table()}", []  # noqa: S608
    elif name in COLUMNS and not found.search:
        sql, values = _of_column(found.without(name), name)
    else:
        sql, values = _of_rows(found, (name,), "term LIKE %s OR term = ''", [f"{name}:%"])
    own = f"SELECT CASE term WHEN '' THEN %s ELSE term END, n FROM ({sql}) AS own"  # noqa: S608
    return f"{own} WHERE term LIKE %s OR term = ''", [DROPPED + name, *values, f"{name}:%"]


def _of_rows(found, without=(), condition="true", condition_values=()):
    rows, values = _answers(found, without) if found.search else _sql(found.without(*without))
    return f"{_COUNT.format(rows=rows)} WHERE {condition} GROUP BY term", [*values, *condition_values]


def _of_column(projects, name):
    """As `_of_rows`, from the column: a project has one kind and one phase, and no terms need to be taken apart."""
    rows, values = projects.order_by().values(name).query.sql_with_params()
    terms = f"SELECT coalesce('{name}:' || {name}, '') AS term, count(*) AS n"
    return f"{terms} FROM ({rows}) AS rows GROUP BY ROLLUP ({name})", values


def _by_subtraction(found):
    """The numbers of a filter that leaves most projects: those of everything, less those of the few it takes away."""
    (name,) = found.chosen_facets
    rows, values = _sql(found.seen.exclude(facet_terms__overlap=found.terms(name)))
    away = f"{_COUNT.format(rows=rows)} GROUP BY term"
    left_over = f"SELECT kept.term, kept.n - coalesce(away.n, 0) AS n FROM {_kept_table()} AS kept LEFT JOIN"  # noqa: S608
    return f"SELECT term, n FROM ({left_over} ({away}) AS away USING (term)) AS left_over WHERE n > 0", values  # noqa: S608


def _is_broad(found, kept):
    return bool(kept) and sum(kept.get(term, 0) for name in found.chosen_facets for term in found.terms(name)) > kept[TOTAL] / 2


def _answers(found, without):
    """Rows of the search's answers that have all filters but those in `without`."""
    names = [name for name in found.chosen_facets if name not in without]
    conditions = " AND ".join("facet_terms && %s::text[]" for _name in names) or "true"
    return f"SELECT facet_terms FROM answers WHERE {conditions}", [found.terms(name) for name in names]  # noqa: S608


def _sql(projects):
    return projects.order_by().values("facet_terms").query.sql_with_params()


def _kept_table():
    return connection.ops.quote_name(TermCount._meta.db_table)


def _kept(found):
    """The kept numbers of everything and of the chosen values, where they are of use here and not too old; else {}."""
    if not found.is_public or found.search or len(found.chosen_facets) > 1:
        return {}
    terms = [TOTAL, *(term for name in found.chosen_facets for term in found.terms(name))]
    since = timezone.now() - timedelta(seconds=KEPT)
    kept = dict(TermCount.objects.filter(term__in=terms, counted_at__gte=since).values_list("term", "n"))
    return kept if TOTAL in kept else {}


def refresh_counts(now=None):
    """Count everything the public sees anew, where that is more than `EXACT`. Returns how many projects there are."""
    now = now or timezone.now()
    rows, values = _sql(Project.objects.visible_to(AnonymousUser()).listed())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{_COUNT.format(rows=rows)} GROUP BY term", values)
        counts = dict(cursor.fetchall())
        total = counts.get(TOTAL, 0)
        if total <= EXACT:
            TermCount.objects.all().delete()
            return total
        fresh = [TermCount(term=term, n=n, counted_at=now) for term, n in counts.items()]
        TermCount.objects.exclude(term__in=counts).delete()
        TermCount.objects.bulk_create(fresh, update_conflicts=True, unique_fields=["term"], update_fields=["n", "counted_at"])
    return total

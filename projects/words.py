"""The vocabulary of public projects, and the word somebody probably meant."""

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models.functions import Length
from rapidfuzz import fuzz, process

from common.search import SearchText, fold, sql_fold
from projects.models import Project, ProjectText, SearchWord
from projects.text_search import matching

SHORTEST = 4  # shorter words have too many neighbours
LONGEST = 40  # the column's width; longer words are addresses or noise
LIKENESS = 72  # of 100: about one wrong letter in four
CANDIDATES = 20_000

_COUNT = """
INSERT INTO {words} (folded, shown, texts)
SELECT folded, (array_agg(word ORDER BY ndoc DESC, word))[1], sum(ndoc)
FROM (SELECT word, {fold} AS folded, ndoc FROM ts_stat(%s)
      WHERE length(word) BETWEEN {shortest} AND {longest} AND word ~ '^[[:alpha:]][[:alpha:]-]+$') AS counted
WHERE length(folded) <= {longest}
GROUP BY folded
"""


def refresh_words():
    """Count the words of titles, summaries and keywords that everybody may read. Returns how many words there are.

    Nothing of a draft, a withdrawn or a members' project enters: a suggestion must not tell what a search does not.
    """
    public = Project.objects.visible_to(AnonymousUser()).listed().values("pk")
    texts, parameters = ProjectText.objects.filter(project__in=public).values("title", "summary", "keywords").query.sql_with_params()
    table = connection.ops.quote_name(SearchWord._meta.db_table)
    with transaction.atomic(), connection.cursor() as cursor:
        inner = cursor.mogrify(
            f"SELECT to_tsvector('pg_catalog.simple', concat_ws(' ', title, summary, keywords)) FROM ({texts}) AS public",  # noqa: S608
            parameters,
        )
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608
        cursor.execute(_COUNT.format(words=table, fold=sql_fold("word"), shortest=SHORTEST, longest=LONGEST), [inner.decode()])
        return cursor.rowcount


def meant(words):
    """The words with each unknown one replaced by the most alike known one; None when there is nothing better. One query.

    Compared folded, so that accents are no mistakes. Short words and numbers stay as they are.
    """
    wanted = {word: fold(word).lower() for word in words if len(word) >= SHORTEST and word.isalpha()}
    if not wanted:
        return None
    lengths = [len(folded) for folded in wanted.values()]
    near = SearchWord.objects.annotate(length=Length("folded")).filter(length__gte=min(lengths) - 2, length__lte=max(lengths) + 2)
    rows = near.order_by("-texts").values_list("folded", "shown", "texts")[:CANDIDATES]
    known = {folded: (shown, texts) for folded, shown, texts in rows}
    unknown = {word: folded for word, folded in wanted.items() if folded not in known and _one_letter(folded) not in known}
    better = {word: _most_alike(_one_letter(folded), known) for word, folded in unknown.items()}
    better = {word: shown for word, shown in better.items() if shown}
    return [better.get(word, word) for word in words] if better else None


def still_found(words, projects):
    """Those of the words that some of these projects (a queryset) have, as a set; one query.

    The vocabulary is counted once an hour. A project that was taken back since then must not be named by its words.
    """
    return projects.conditions_met({word: matching(SearchText((word,))) for word in words})


def _one_letter(folded):
    """A spelling with two letters as the vocabulary has it: `koebenhavn` → `kobenhavn`."""
    return folded.replace("aa", "a").replace("oe", "o")


def _most_alike(folded, known):
    likely = process.extract(folded, known.keys(), scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=5)
    # Of words equally alike, the one that more texts have.
    best = max(likely, key=lambda found: (round(found[1]), known[found[0]][1]), default=None)
    return known[best[0]][0] if best else None

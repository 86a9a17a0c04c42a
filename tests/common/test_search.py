"""What people type into a search box, as it is read, asked and marked."""

import pytest
from django.db import connection
from django.utils.translation import override

from common.search import LONGEST_TEXT, MOST_WORDS, TextQuery, fold, mark_folded, parse

ATTACKS = [
    "", " ", "-", '"', '""', "\x00", "a\x00b", "'", "\\", "' OR 1=1 --", ":*", "& | ! <->", "(((", "!!!!", "<-> <2>", "a:*b", "%s %(x)s",
    "\u202eevil", "\u200b", "\ud800", "🚲🚲", "-" * 5_000, '"' * 5_000, "(a+)+$" * 400, "a" * 10_000, "word " * 2_000, "ﬁ²½Ⅷ", "日本語",
    "data-driven covid-19 5G wi-fi 1e5 3.14 -2 a@b.dk https://x.dk/?q=1",
]  # fmt: skip


def asked(text, language="en", **how):
    """The tsquery PostgreSQL makes of what was typed."""
    query = TextQuery(parse(text).wanted, language=language, **how)
    sql, parameters = query.as_sql(None, connection)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({sql})::text", parameters)
        return cursor.fetchone()[0]


def test_words_phrases_and_unwanted_words():
    search = parse('green  "smart city" -sensor -"old lamp"')
    assert search.wanted == ("green", '"smart city"')
    assert search.unwanted == ("sensor", '"old lamp"')
    assert search.words() == ["green", "smart", "city"]


def test_a_hyphen_inside_a_word_is_no_minus():
    assert parse("data-driven").wanted == ("data-driven",)


def test_an_open_quote_ends_with_the_text():
    assert parse('"smart city').wanted == ('"smart city"',)


def test_what_cannot_be_seen_does_not_part_words():
    assert parse("Kø\u200bge\x00 \u202eby").wanted == ("Køge", "by")


def test_only_the_first_words_count():
    search = parse(" ".join(f"word{n}" for n in range(50)))
    assert (len(search.wanted), search.cut) == (MOST_WORDS, True)


def test_a_long_text_is_cut_before_it_is_read():
    search = parse("x" * (LONGEST_TEXT + 1))
    assert ([len(word) for word in search.wanted], search.cut) == ([60], True)


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_typed_breaks_the_query(db, text):
    search = parse(text)
    for words in (search.wanted, search.unwanted):
        if words:
            sql, parameters = TextQuery(words, language="da").as_sql(None, connection)
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT to_tsvector('simple', 'a b') @@ ({sql})", parameters)
                assert cursor.fetchone()[0] in (True, False)


def test_a_word_is_stemmed_in_every_language_of_the_portal_and_folded(db):
    assert asked("Køge", "da") == "'køg' | 'køge' | 'køge' | 'koge':*"


def test_short_words_have_no_ending_of_their_own_choice(db):
    assert ":*" not in asked("ø")


def test_a_stop_word_does_not_count_beside_others(db):
    assert asked("byer og havne", "da") == asked("byer havne", "da")


def test_the_stop_words_are_those_of_the_reader(db):
    assert "'by'" in asked("smart by", "da")
    assert "'by'" not in asked("smart by", "en")


def test_only_stop_words_are_searched_for_as_they_are(db):
    assert asked("to be", "en") == "'to' & 'be'"


def test_the_readers_language_is_the_pages(db):
    with override("sv"):
        assert TextQuery(["x"]).configurations[0] == "pg_catalog.swedish"


@pytest.mark.parametrize(("typed", "text"), [("Koge", "Køge"), ("koebenhavn", "København"), ("Malmoe", "Malmö"), ("aarhus", "Århus")])
def test_folding_is_the_same_in_database_and_code(db, typed, text):
    from common.search import sql_fold, sql_fold_long

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT lower({sql_fold('%s')}), lower({sql_fold_long('%s')})", [text, text])
        short, long = cursor.fetchone()
    assert short == fold(text).lower()
    assert fold(typed).lower() in (short, long)


def test_marks_what_was_found_without_its_accents():
    assert mark_folded("Fra Køge til Køgebugt", parse("koge"), "[", "]") == "Fra [Køge] til [Køgebugt]"


def test_does_not_mark_twice():
    assert mark_folded("[Køge] by", parse("koge"), "[", "]") == "[Køge] by"

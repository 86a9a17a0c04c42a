"""Which projects an address asks for, and how many each other choice would show."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects import counts
from projects.filters import MOST_VALUES, ProjectFilter
from projects.models import TermCount
from taxonomy.models import Municipality
from tests.factories import ProjectFactory, ThemeFactory


def asked(query="", user=None):
    return ProjectFilter(QueryDict(query), user or AnonymousUser())


def found(query, user=None):
    return sorted(asked(query, user).queryset.values_list("slug", flat=True))


def numbers(query, prefix="", user=None):
    counted = counts.count(asked(query, user), shown=10)
    return {term.removeprefix(prefix): n for term, n in counted.terms.items() if term.startswith(prefix)}


@pytest.fixture(autouse=True)
def no_memory():
    counts.cache.clear()


@pytest.fixture
def three(db):
    """An idea about energy in Køge, one about water in Lund, and energy and water in operation in Køge."""
    energy, water = ThemeFactory(slug="energy"), ThemeFactory(slug="water")
    koge, lund = (Municipality.objects.get(slug=slug) for slug in ("koge", "lund"))
    ProjectFactory(slug="heat", themes=[energy], municipalities=[koge], phase="idea")
    ProjectFactory(slug="rain", themes=[water], municipalities=[lund], phase="idea")
    ProjectFactory(slug="both", themes=[energy, water], municipalities=[koge], phase="operation")


# ---- which


def test_or_within_a_filter(three):
    assert found("theme=energy&theme=water") == ["both", "heat", "rain"]


def test_and_between_filters(three):
    assert found("theme=energy&phase=idea") == ["heat"]


def test_words_and_filters(three):
    ProjectFactory(slug="lamp", text__title="Lamps for Lund")
    assert found("q=lund") == ["lamp", "rain"]
    assert found("q=lund&theme=water") == ["rain"]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("country=SE", ["rain"]), ("municipality=koge", ["both", "heat"]), ("kind=pilot", []), ("theme=unheard-of", []),
        ("phase=unheard-of", ["both", "heat", "rain"]), ("theme=%27%3B--", ["both", "heat", "rain"]),
        ("theme__slug=energy", ["both", "heat", "rain"]),
        ("state=draft&theme=", ["both", "heat", "rain"]),
    ],
)  # fmt: skip
def test_only_what_is_on_the_lists_reaches_the_database(three, query, slugs):
    assert found(query) == slugs


def test_a_filter_takes_so_many_values_and_no_more():
    assert len(asked("&".join(f"theme=t{n}" for n in range(500))).chosen("theme")) == MOST_VALUES


@pytest.mark.parametrize("sort", ["password", "organisation__name", "-pk", "relevance", ""])
def test_an_unknown_order_is_the_usual_one(sort):
    assert asked(f"sort={sort}").sort == "newest"


def test_words_are_answered_best_first():
    assert asked("q=lamp").sort == "relevance"
    assert asked("q=lamp&sort=newest").sort == "newest"


def test_orders(three):
    ProjectFactory(slug="late", start_date="2030-01-01", end_date="2031-01-01")
    ProjectFactory(slug="timeless", start_date=None, end_date=None)
    first = [asked(f"sort={sort}").page(0, 9).values_list("slug", flat=True)[0] for sort in ("newest", "start", "end")]
    assert first == ["timeless", "late", "late"]


def test_an_address_holds_what_was_understood():
    filter_ = asked("theme=energy&theme=%00&q=+lamp++post&sort=password&x=1&phase=idea")
    assert filter_.address() == "?q=lamp+post&theme=energy&phase=idea"
    assert filter_.address(theme=["water"]) == "?q=lamp+post&theme=water&phase=idea"


# ---- how many


def test_numbers_of_everything(three):
    assert numbers("", "theme:") == {"energy": 2, "water": 2}


def test_a_filter_does_not_narrow_its_own_numbers(three):
    assert numbers("phase=idea", "phase:") == {"idea": 2, "operation": 1}


def test_the_others_narrow_it(three):
    assert numbers("phase=idea&theme=water", "phase:") == {"idea": 1, "operation": 1}
    assert numbers("phase=idea&theme=water", "theme:") == {"energy": 1, "water": 1}


@pytest.mark.parametrize("query", ["", "theme=energy", "theme=energy&phase=idea", "q=lamps", "q=lamps&municipality=koge", "country=DK"])
def test_a_number_is_what_one_gets_by_choosing_it(three, query):
    for term, n in numbers(query).items():
        name, _colon, value = term.partition(":")
        alone = "&".join(part for part in query.split("&") if not part.startswith(f"{name}="))
        assert (term, len(found(f"{alone}&{name}={value}"))) == (term, n)


def test_the_total_and_what_there_is_without_each_filter(three):
    counted = counts.count(asked("theme=energy&phase=idea"), shown=10)
    assert (counted.total, counted.dropped) == (1, {"theme": 2, "phase": 2})


def test_the_largest_and_the_chosen_ones(db):
    for n in range(15):
        ProjectFactory(tags=["common", f"rare {n:02}"])
    assert len(numbers("", "tag:")) == 10
    assert "rare-14" in numbers("tag=rare-14", "tag:")


def test_all_numbers_in_two_queries_at_most(three):
    for query in ("", "theme=energy", "q=lamps&theme=energy&phase=idea&municipality=koge&country=DK&kind=demonstration"):
        with CaptureQueriesContext(connection) as seen:
            counts.count(asked(query), shown=10)
        assert len(seen) <= 2


@pytest.mark.parametrize("hidden", [{"state": "draft"}, {"state": "withdrawn"}, {"state": "archived"}, {"visibility": "members"}])
def test_nobody_counts_what_nobody_sees(db, hidden):
    ProjectFactory(**hidden, themes=[ThemeFactory(slug="energy")], tags=["canary"])
    assert numbers("") == {}
    assert numbers("q=lamps") == {}


def test_members_count_what_they_see(stranger):
    ProjectFactory(visibility="members", themes=[ThemeFactory(slug="energy")])
    assert numbers("", "theme:", user=stranger) == {"energy": 1}


# ---- many


@pytest.fixture
def many(three, monkeypatch):
    """Two projects are more than are counted for each visitor."""
    monkeypatch.setattr(counts, "EXACT", 2)
    counts.refresh_counts()


@pytest.mark.parametrize("query", ["", "theme=energy", "phase=idea", "country=DK", "country=DK&country=SE", "theme=water&phase=idea"])
def test_kept_numbers_are_the_same(many, query):
    kept = numbers(query)
    counts.cache.clear()
    TermCount.objects.all().delete()
    assert kept == numbers(query)


def test_kept_numbers_are_of_the_last_minute(many):
    ProjectFactory(themes=[ThemeFactory(slug="energy")])
    counts.cache.clear()
    assert numbers("", "theme:")["energy"] == 2
    TermCount.objects.update(counted_at=timezone.now() - timedelta(seconds=61))
    counts.cache.clear()
    assert numbers("", "theme:")["energy"] == 3


def test_kept_numbers_are_not_for_members(many, stranger):
    ProjectFactory(visibility="members", themes=[ThemeFactory(slug="energy")])
    assert numbers("", "theme:", user=stranger)["energy"] == 3


def test_few_are_not_kept(three):
    assert counts.refresh_counts() == 3
    assert list(TermCount.objects.all()) == []


# ---- the database's way


@pytest.mark.parametrize(
    ("query", "index"),
    [("theme=energy", "project_facet_terms"), ("q=lamps", "project_text_vector")],
)
def test_the_index_answers(three, query, index):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute("DROP INDEX project_newest")
        plan = asked(query).queryset.explain()
    assert f"Bitmap Index Scan on {index}" in plan


def test_the_first_page_is_read_from_the_newest(three):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        plan = asked().page(0, 24).explain()
    assert "Index Scan using project_newest" in plan
    assert "Sort" not in plan

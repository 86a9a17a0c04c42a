"""How PostgreSQL finds threads and posts when there are many: by an index, whatever it would cost. Proven by its plans."""

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from common.search import Matches, TextQuery
from conversations.models import Post, ReadMarker, Thread, Useful
from tests.factories import ThreadFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowded(group, thread):
    """Two hundred threads, one of them of three thousand posts; the planner knows it."""
    for place in range(200):
        ThreadFactory(target=group, title=f"Thread {place}", started_by=thread.started_by)
    rows = [Post(thread=thread, number=number, author=thread.started_by, text="Words", language="en") for number in range(2, 3_001)]
    Post.objects.bulk_create(rows, batch_size=1_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE conversations_thread, conversations_post")
    return thread


def plan_of(queryset):
    return queryset.explain()


def test_the_list_comes_in_its_order_from_the_index(crowded, group):
    plan = plan_of(Thread.objects.about(group).listed().in_order()[:30])
    assert ("thread_listed" in plan, "Sort" in plan, "Seq Scan" in plan) == (True, False, False), plan


def test_a_page_of_posts_is_found_by_its_numbers(crowded):
    plan = plan_of(Post.objects.filter(thread=crowded, number__gte=2_971, number__lte=3_000).order_by("number"))
    assert ("post_number" in plan, "Seq Scan" in plan) == (True, False), plan


def test_posts_are_found_by_their_words(crowded):
    plan = plan_of(Post.objects.filter(Matches(F("vector"), TextQuery(["neverwritten"]))).order_by())
    assert ("post_vector" in plan, "Seq Scan" in plan) == (True, False), plan


@pytest.mark.parametrize(
    ("model", "columns"),
    [(ReadMarker, {"thread_id", "user_id"}), (Useful, {"post_id", "user_id"}), (Post, {"thread_id", "key"})],
)
def test_what_is_asked_with_every_page_has_an_index_of_its_own(model, columns):
    """Which index a planner takes on a small table is its own matter: that there is one for just these columns is ours."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table).values()
    assert columns in [set(one["columns"]) for one in found if one["unique"]]  # which PostgreSQL keeps by an index


def test_who_has_read_how_far_is_looked_up_for_the_rows_that_are_shown(crowded, group, anna):
    """Once for each thread of the page, never for all threads of the group."""
    plan = plan_of(Thread.objects.about(group).listed().with_read_by(anna, timezone.now()).in_order()[:30])
    assert ("SubPlan" in plan, "read_marker_once" in plan or "readmarker" in plan, "Sort" in plan) == (True, True, False), plan

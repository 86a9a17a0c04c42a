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
    ("model", "values", "index"),
    [
        (ReadMarker, {"thread": 1, "user": 1}, "read_marker_once"),
        (Useful, {"post": 1, "user": 1}, "useful_once"),
        (Post, {"thread": 1, "key": "f2b0a8b2-6e0c-4d5e-9d4f-1d2c3b4a5f60"}, "post_once"),
    ],
)
def test_what_is_asked_with_every_page_has_an_index(model, values, index):
    """Of a table that is empty the planner would read everything: it is told not to."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    assert index in plan_of(model.objects.filter(**values).order_by())


def test_who_has_read_how_far_is_looked_up_for_the_rows_that_are_shown(crowded, group, anna):
    """Once for each thread of the page, never for all threads of the group."""
    plan = plan_of(Thread.objects.about(group).listed().with_read_by(anna, timezone.now()).in_order()[:30])
    assert ("SubPlan" in plan, "read_marker_once" in plan or "readmarker" in plan, "Sort" in plan) == (True, True, False), plan

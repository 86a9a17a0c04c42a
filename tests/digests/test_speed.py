"""The causes of speed, cheap to try: how often the database is asked and how often something is drawn. `make bench` measures the rest."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.digest.data import fill
from digests.assembling import MARK
from digests.composing import AHEAD, SHARED, compose_chunk
from digests.planning import plan
from digests.rendering import body
from notifications import ledger, tasks
from notifications.models import Delivery

pytestmark = pytest.mark.django_db
READERS = 300


@pytest.fixture
def run(monkeypatch):
    """A week of a large portal, planned; no worker is woken."""
    monkeypatch.setattr("digests.planning.wake", lambda *about: None)
    fill(READERS, 200)
    return plan()


def composed(number, now):
    """How many statements the digests of so many readers take, with nothing known before."""
    SHARED.of(object())
    deliveries = list(Delivery.objects.filter(run__isnull=False, state="pending").select_related("user", "run").order_by("pk")[:number])
    with CaptureQueriesContext(connection) as seen:
        compose_chunk(deliveries, now)
    return len(seen), deliveries


def test_promise_3_no_more_than_60_statements_for_500_readers_and_each_row_drawn_once(run):
    few, _deliveries = composed(20, run.planned_at)
    body.cache_clear()
    many, deliveries = composed(READERS, run.planned_at)
    drawn = body.cache_info()
    assert (run.planned, many <= few, many <= 60) == (READERS, True, True), (few, many)
    assert drawn.hits > drawn.misses
    composed(READERS, run.planned_at)
    assert body.cache_info().misses == drawn.misses
    assert [one.pk for one in deliveries if one.mail and MARK in "".join(one.mail.draw(one.mail))] == []


def test_promise_3_the_chunks_that_follow_are_looked_for_with_the_first(run, mailoutbox):
    with CaptureQueriesContext(connection) as first:
        tasks.send_chunk(run.planned_at)
    with CaptureQueriesContext(connection) as second:
        tasks.send_chunk(run.planned_at)
    reads = [len([one for one in seen if one["sql"].startswith("SELECT")]) for seen in (first, second)]
    assert (len(mailoutbox) > ledger.A_CHUNK, READERS < AHEAD, reads[1] <= 10, reads[1] < reads[0]) == (True, True, True, True), reads

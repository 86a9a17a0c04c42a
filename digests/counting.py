"""How many mails of each run stand in which state, counted as seldom as can be.

What is complete is counted once and kept with its run. What is under way is counted by an index, in one query for all runs; those who
watch it share a count for some seconds, however many they are.
"""

from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Max, Q

from digests.running import UNDER_WAY
from notifications.enums import DeliveryState, MailList
from notifications.models import Delivery, Run

SHARED = 2  # seconds
#: The end of a mail may still change so long after it: a provider says that it came back.
OPEN = timedelta(days=3)


def counts_of(runs, *, shared=False):
    """{run: {state: number}}, kept or counted; with `shared` as others have counted it a moment ago."""
    found = {run.pk: run.counts for run in runs if run.completed_at and run.counts}
    asked = [run.pk for run in runs if run.pk not in found]
    kept = cache.get_many([f"run-counts-{pk}" for pk in asked]) if shared and asked else {}
    found |= {pk: kept[f"run-counts-{pk}"] for pk in asked if f"run-counts-{pk}" in kept}
    if missing := [pk for pk in asked if pk not in found]:
        counted = _counted(missing)
        found |= counted
        if shared:
            cache.set_many({f"run-counts-{pk}": counts for pk, counts in counted.items()}, SHARED)
    return found


def under_way(counts):
    return sum(counts.get(state, 0) for state in UNDER_WAY)


def settle(now):
    """Keep the counts of runs in which nothing is under way any more; those that changed afterwards are counted anew."""
    runs = list(Run.objects.filter(Q(completed_at=None) | Q(planned_at__gt=now - OPEN), list=MailList.DIGEST))
    counted = _counted([run.pk for run in runs])
    for run in runs:
        is_over = not under_way(counted[run.pk])
        if is_over != bool(run.completed_at) or (is_over and run.counts != counted[run.pk]):
            _settle(run.pk, now)


def _settle(pk, now):
    """Counted once more while nobody can press a button of it."""
    with transaction.atomic():
        run = Run.objects.select_for_update(no_key=True).get(pk=pk)
        counts = _counted([pk])[pk]
        ended = Delivery.objects.filter(run=run).aggregate(at=Max("finished_at"))["at"]
        run.counts, run.completed_at = ({}, None) if under_way(counts) else (counts, ended or now)
        run.save(update_fields=["counts", "completed_at"])


def _counted(keys):
    """One query, answered by the index over run and state."""
    found = {pk: {} for pk in keys}
    rows = Delivery.objects.filter(run__in=keys).order_by().values_list("run", "state").annotate(number=Count("pk")) if keys else ()
    for pk, state, number in rows:
        found[pk][state] = number
    return found


def planned(counts):
    """The sum of the states: nothing is lost on the way."""
    return sum(counts.get(state, 0) for state in DeliveryState)

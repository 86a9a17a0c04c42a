"""Which digests are due, planned in bulk: one run, one statement, whatever the number of readers."""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Least
from django.utils import timezone

from common.queue import wake
from digests.models import Subscription
from digests.schedule import due, zone_of
from notifications import ledger
from notifications.enums import PRIORITY, MailList
from notifications.models import Delivery, Run, Switch

#: Whoever is due, has no digest of that period, and none that is still under way, so that two windows never overlap. The window begins
#: where the last digest ended that was sent, was empty or may have gone; what a failed or suppressed one held is in the next.
READERS = """
FROM digests_subscription s
JOIN members_user u ON u.id = s.user_id AND u.is_active AND u.suspended_at IS NULL
JOIN (VALUES {rows}) AS due (frequency, weekday, hour, zone, period, moment, today)
  ON due.frequency = s.frequency AND due.weekday = s.weekday AND due.hour = s.hour AND due.zone = u.time_zone
LEFT JOIN LATERAL (
  SELECT d.until FROM notifications_delivery d
  WHERE d.user_id = s.user_id AND d.list = 'digest' AND d.until IS NOT NULL AND d.state IN ('sent', 'empty', 'unknown')
  ORDER BY d.until DESC LIMIT 1
) last ON true
WHERE s.frequency <> 'off' AND due.moment > s.since AND (s.paused_until IS NULL OR s.paused_until <= due.today)
  AND coalesce(last.until, s.started_at) < %s
  AND NOT EXISTS (
    SELECT 1 FROM notifications_delivery d
    WHERE d.reader = 'member:' || s.user_id AND d.list = 'digest' AND d.period = due.period)
  AND NOT EXISTS (
    SELECT 1 FROM notifications_delivery d
    WHERE d.user_id = s.user_id AND d.list = 'digest' AND d.until IS NOT NULL AND d.state IN ('pending', 'claimed', 'sending'))
"""
COLUMNS = (
    "key", "reader", "list", "period", "user_id", "address", "language", "template", "context", "reason", "stop", "run_id", "since",
    "until", "held", "state", "priority", "attempts", "planned_at", "next_attempt_at", "error",
)  # fmt: skip
VALUES = """gen_random_uuid(), 'member:' || s.user_id, 'digest', due.period, s.user_id, '', '', 'digest', '{{}}', '', '', %s,
coalesce(last.until, s.started_at), %s, '[]', 'pending', {priority}, 0, %s, %s, ''"""


SLOT = timedelta(minutes=10)
#: After so many new rows PostgreSQL is told at once how many wait: until it notices by itself, each claim would read and sort them all.
MANY = 1_000


def slot_of(now):
    """The beginning of the ten minutes that hold `now`."""
    return now - timedelta(minutes=now.minute % 10, seconds=now.second, microseconds=now.microsecond)


def plan(now=None):
    """Plan what is due at `now`. Returns the new `Run`; None where nothing is due, another has planned this slot, or digests are off.

    Run and deliveries are one transaction: a planner that dies leaves neither.
    """
    if now is None:
        now = timezone.now()
        _set_back(now)
    rows = _rows(now)
    if not rows or Switch.objects.filter(list=MailList.DIGEST).exists():
        return None
    with transaction.atomic():
        run = _run(now)
        if run is None:
            return None
        ledger.hold_windows()
        run.planned = _insert(run, rows, now)
        if not run.planned:
            transaction.set_rollback(True)
            return None
        run.save(update_fields=["planned"])
        if run.planned >= MANY:
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE notifications_delivery")
        wake("notifications.send", run.pk)
    return run


def _set_back(now):
    """Windows that end in the future were planned by a clock that ran ahead: they end now, so that the next ones miss nothing."""
    ahead = Run.objects.filter(list=MailList.DIGEST, slot__gt=now - SLOT, planned_at__gt=now).values_list("pk", flat=True)
    if keys := list(ahead):
        windows = Delivery.objects.filter(run__in=keys, until__gt=now)
        windows.update(since=Least(F("since"), now - timedelta(seconds=1)), until=now)


def waiting_readers(now):
    """How many a run would be planned for at `now`, and nothing done: for a dry run."""
    return sum(number for *_habit, number in waiting_by_habit(now))


def waiting_by_habit(now):
    """[(frequency, time zone, language, number of readers)] of those whom a run would be planned for at `now`, most first."""
    rows = _rows(now)
    if not rows:
        return []
    with connection.cursor() as cursor:
        values, parameters = _values(rows)
        counted = f"SELECT s.frequency, u.time_zone, u.language, count(*) {READERS.format(rows=values)}"
        cursor.execute(f"{counted} GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3", [*parameters, now])
        return cursor.fetchall()


def _rows(now):
    """One row for each schedule that is due: as the members chose it, with the period, its moment and the reader's date."""
    found = []
    for frequency, weekday, hour, zone in Subscription.objects.schedules():
        if moment := due(frequency, weekday, hour, zone, now):
            found.append((frequency, weekday, hour, zone, moment.period, moment.at, now.astimezone(zone_of(zone)).date()))
    return found


def _run(now):
    """The run of this slot, or None where there is one: whoever comes second waits for the first to commit and finds it."""
    slot = slot_of(now)
    made = Run.objects.bulk_create([Run(list=MailList.DIGEST, slot=slot, planned_at=now)], ignore_conflicts=True)[0]
    return Run.objects.select_for_update().filter(list=MailList.DIGEST, slot=slot, planned=0, planned_at=made.planned_at).first()


def _values(rows):
    one = "(%s::text, %s::int, %s::int, %s::text, %s::text, %s::timestamptz, %s::date)"
    return ", ".join([one] * len(rows)), [value for row in rows for value in row]


def _insert(run, rows, now):
    values, parameters = _values(rows)
    statement = (
        f"INSERT INTO notifications_delivery ({', '.join(COLUMNS)}) SELECT {VALUES.format(priority=int(PRIORITY[MailList.DIGEST]))} "
        f"{READERS.format(rows=values)} ON CONFLICT DO NOTHING"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [run.pk, now, now, now, *parameters, now])
        return cursor.rowcount

"""/healthz, /readyz and /metrics: what a supervisor, a load balancer and a monitor ask. They need no session and no host."""

import resource
import time
from functools import cache as remember
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from kombu.exceptions import OperationalError

from digests import watching
from notifications.enums import DeliveryState
from notifications.models import Delivery, OutboxEntry

STARTED = time.time()


def healthz(request):
    """The process lives."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request):
    """200 when the database answers and is migrated, else 503; cache, queue and digests are told in the body only."""
    parts = {"database": database(), "migrations": "unknown", "cache": cache_state(), "queue": queue_state(), "digests": "unknown"}
    if parts["database"] == "ok":
        parts["migrations"] = "ok" if migrated() else "missing"
    if parts["migrations"] == "ok":
        parts["digests"] = digests_state()
    ready = parts["database"] == parts["migrations"] == "ok"
    whole = all(state == "ok" for state in parts.values())
    status = "ok" if whole else "degraded" if ready else "unavailable"
    answer = JsonResponse({"status": status, **parts}, status=200 if ready else 503)
    if not ready:
        answer.headers["Retry-After"] = "5"
    return answer


def metrics(request):
    """A few figures in Prometheus' text format."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    figures = {
        "portal_database_up": int(database() == "ok"),
        "portal_cache_up": int(cache_state() == "ok"),
        "portal_queue_up": int(queue_state() == "ok"),
        "process_start_time_seconds": round(STARTED, 3),
        "process_cpu_seconds_total": round(usage.ru_utime + usage.ru_stime, 3),
        **mails(),
        **digests(),
    }
    text = "".join(f"{name} {figure}\n" for name, figure in figures.items())
    return HttpResponse(text, content_type="text/plain; version=0.0.4")


def mails():
    """What waits to be told and sent, and what went wrong; nothing while the database is away."""
    shown = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.FAILED, DeliveryState.UNKNOWN)
    try:
        counts = Delivery.objects.filter(state__in=shown).count_by_state()  # without the many that were sent
        waiting = OutboxEntry.objects.filter(fanned_out_at=None).count()
    except DatabaseError:
        connection.close()
        return {}
    return {"portal_outbox_waiting": waiting} | {f"portal_deliveries_{state.value}": counts[state] for state in shown}


def digests():
    """Runs of the digest and what became of their mails; nothing while the database is away."""
    try:
        return watching.figures()
    except DatabaseError:
        connection.close()
        return {}


def digests_state():
    """Returns "ok", or "late" when somebody was due and the scheduler gives no sign of life."""
    try:
        return "late" if watching.missed() else "ok"
    except DatabaseError:
        connection.close()
        return "unknown"


def database():
    """Returns "ok" or "away"."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        # The next question makes a new connection instead of finding the dead one.
        connection.close()
        return "away"
    return "ok"


def migrated():
    """Tells whether all migrations of this code are applied. Once they are they stay so: asked only until then."""
    if not migrated.done:
        executor = MigrationExecutor(connection)
        migrated.done = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return migrated.done


migrated.done = False


def cache_state():
    """Returns "ok" or "away"; the forgiving cache answers a miss when Redis is away, so a value is written and read."""
    cache.set("portal.health", STARTED, 30)
    return "ok" if cache.get("portal.health") == STARTED else "away"


def queue_state():
    """Returns "ok" or "away" for the broker: Redis, or the folder of the file queue."""
    if not settings.REDIS_URL:
        return "ok" if Path(settings.DATA_DIR).is_dir() else "away"
    try:
        with broker().connection_for_write(connect_timeout=1) as link:
            link.ensure_connection(max_retries=1, interval_start=0, timeout=1)
    except (OperationalError, OSError):
        return "away"
    return "ok"


@remember
def broker():
    from portal.celery import app

    return app


ANSWERS = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}

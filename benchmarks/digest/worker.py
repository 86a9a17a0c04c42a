"""One sender in a process of its own: `python -m benchmarks.digest.worker` reads commands, a line of JSON each, and answers with one.

Commands take turns between processes, so that what is compared meets the same machine. Nothing here is faster or slower than in a
worker of production: `notifications.tasks.send_chunk` is called chunk after chunk, as its task does.
"""

import contextlib
import json
import smtplib
import sys
import time
from collections import Counter
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 - settings first
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.digest import data, plain  # noqa: E402
from digests import planning  # noqa: E402
from digests.composing import SHARED, compose_chunk  # noqa: E402
from digests.rendering import body  # noqa: E402
from notifications import composing, tasks  # noqa: E402
from notifications.models import Delivery  # noqa: E402


class Counted:
    """Statements and commits of a block."""

    def __init__(self):
        self.found = Counter()

    def __enter__(self):
        self.commit, self.watch = connection._commit, connection.execute_wrapper(self.execute)
        connection._commit = self.committed
        self.watch.__enter__()
        return self.found

    def __exit__(self, *error):
        self.watch.__exit__(*error)
        connection._commit = self.commit

    def execute(self, execute, sql, *arguments):
        kind = "reads" if sql.lstrip("( ").startswith("SELECT") and "FOR UPDATE" not in sql else "writes"
        self.found[kind] += 1
        if kind == "writes" and not connection.in_atomic_block:
            self.found["commits"] += 1
        started = time.perf_counter()
        try:
            return execute(sql, *arguments)
        finally:
            self.found["database_s"] += time.perf_counter() - started

    def committed(self):
        self.found["commits"] += 1
        return self.commit()


def memory():
    """Megabytes this process has in memory, now and at most."""
    lines = Path("/proc/self/status").read_text().splitlines()
    found = dict(line.split(":", 1) for line in lines if line.startswith(("VmRSS", "VmHWM")))
    return {name: int(value.split()[0]) / 1024 for name, value in found.items()}


def fill(readers, items):
    """The rows of the benchmark."""
    started = time.monotonic()
    news = data.fill(readers, items)
    return {"news": news, "seconds": time.monotonic() - started}


def plan():
    """One tick: what the planner costs."""
    with quiet(), Counted() as counted:
        started = time.monotonic()
        run = planning.plan()
    return {"planned": run.planned, "seconds": time.monotonic() - started, **counted}


def send(mails):
    """Chunk after chunk, until so many deliveries are done."""
    with Counted() as counted:
        started, spent, done = time.monotonic(), time.process_time(), 0
        while done < mails and (claimed := tasks.send_chunk(timezone.now())):
            done += len(claimed)
        seconds, processor = time.monotonic() - started, time.process_time() - spent
    return {"mails": done, "seconds": seconds, "processor_s": processor, **counted, **memory()}


def keep(mails):
    """The finished messages of the next readers, for `push`; what is claimed for it goes back. Their mean size."""
    KEPT.clear()
    with transaction.atomic():
        while len(KEPT) < mails and (claimed := tasks.ledger.claim(timezone.now())):
            for delivery in tasks.prepared(claimed, timezone.now()):
                if message := composing.compose(delivery, timezone.now()):
                    KEPT.append((message.from_email, message.to, message.message().as_bytes(linesep="\r\n")))
        transaction.set_rollback(True)
    return {"mails": len(KEPT), "bytes": sum(len(text) for _sender, _receivers, text in KEPT) / max(1, len(KEPT))}


KEPT = []


def push(mails):
    """The limit: smtplib pushes finished messages over one connection, and nothing else is done."""
    smtp = smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT)
    started, spent = time.monotonic(), time.process_time()
    for n in range(mails):
        smtp.sendmail(*KEPT[n % len(KEPT)])
    seconds, processor = time.monotonic() - started, time.process_time() - spent
    smtp.quit()
    return {"mails": mails, "seconds": seconds, "processor_s": processor}


def loop(mails):
    """The plain loop, on the same readers."""
    with Counted() as counted:
        started = time.monotonic()
        done = plain.send(mails)
        seconds = time.monotonic() - started
    return {"mails": done, "seconds": seconds, **counted, **memory()}


def queries(readers):
    """How many statements find and draw the digests of so many readers, with nothing known before; and how many rows were drawn."""
    with transaction.atomic():
        claimed = tasks.ledger.claim(timezone.now(), readers)
        SHARED.of(object())
        body.cache_clear()
        with Counted() as counted:
            compose_chunk(claimed, timezone.now())
        transaction.set_rollback(True)
    SHARED.of(object())
    seen = body.cache_info()
    return {
        "readers": len(claimed),
        "statements": counted["reads"] + counted["writes"],
        "drawn": seen.misses,
        "used": seen.misses + seen.hits,
    }


def explain():
    """How PostgreSQL answers the planner's statement and a claim, with all of them still to do; nothing is kept."""
    found = {}

    def watch(execute, sql, params, many, context):
        name = next((name for start, name in EXPLAINED.items() if start in sql), None)
        if name and name not in found:
            execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params, many, context)
            found[name] = [line for (line,) in context["cursor"].fetchall()]
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(watch):
        planning.plan()  # EXPLAIN has planned them already, so that nothing is left to plan
        transaction.set_rollback(True)
    with transaction.atomic(), quiet():
        planning.plan()
        with connection.execute_wrapper(watch):
            tasks.ledger.claim(timezone.now())
        transaction.set_rollback(True)
    return found


#: What stands in a statement, and what it is.
EXPLAINED = {"INSERT INTO notifications_delivery": "The planner's statement", "SKIP LOCKED": "A claim of fifty"}


@contextlib.contextmanager
def quiet():
    """No worker is woken."""
    wake, planning.wake = planning.wake, lambda *about: None
    try:
        yield
    finally:
        planning.wake = wake


def again():
    """Everything that was done is to be done again."""
    Delivery.objects.filter(list="digest").exclude(period="before").update(state="pending", attempts=0, lease_until=None, finished_at=None)


def states():
    """The ledger."""
    rows = Delivery.objects.filter(list="digest").exclude(period="before")
    return {str(state): number for state, number in rows.count_by_state().items()}


COMMANDS = {command.__name__: command for command in (fill, plan, explain, queries, send, keep, push, loop, again, states)}

if __name__ == "__main__":
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        print(json.dumps(COMMANDS[name](*arguments)), flush=True)

"""Real workers that send, killed while they do it, and what the ledger says afterwards."""

import os
import random
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from celery import Celery
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from members.models import User
from notifications import ledger
from notifications.models import Delivery, OutboxEntry
from tests.support import databases

SENDERS = 2
UNDER_WAY = ("pending", "claimed", "sending")


def environ(redis_url, port, folder, settings_module):
    """Production's variables: this test's database, a broker, and a mail server on `port`."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings_module,
        "DATABASE_URL": databases.url(connection.settings_dict["NAME"]),
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "localhost",
        "SITE_URL": "http://localhost",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "ALLAUTH_TRUSTED_PROXY_COUNT": "1",
        "REDIS_URL": redis_url,
        "DATA_DIR": str(folder),
    }


class Mailroom:
    """Workers of production's kind on this test's database; `tick()` is what the scheduler does every minute."""

    def __init__(self, redis_url, sink, folder, settings_module="portal.settings.production"):
        self.environ, self.folder = environ(redis_url, sink.port, folder, settings_module), Path(folder)
        self.broker, self.sink, self.workers, self.kills = Celery(broker=redis_url, set_as_current=False), sink, [], Counter()
        self.frozen = []

    def start(self):
        """A worker with two senders, in a group of its own."""
        argv = [sys.executable, "-m", "celery", "--app", "portal", "worker", "--loglevel", "WARNING", "--concurrency", str(SENDERS)]
        argv += [
            "--hostname",
            f"w{len(self.workers)}-{random.randrange(10**6)}@localhost",
            "--pidfile=",
            "--without-mingle",
            "--without-gossip",
        ]
        with open(self.folder / "worker.log", "a") as log:
            worker = subprocess.Popen(argv, env=self.environ, cwd=settings.BASE_DIR, stdout=log, stderr=log, start_new_session=True)
        self.workers.append(worker)
        return worker

    def tick(self):
        self.broker.send_task("notifications.tick")

    def run(self, code):
        """Python in the portal's production, such as what a web process does; its output."""
        argv = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
        done = subprocess.run(argv, env=self.environ, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def wait_for_mails(self, number, seconds=60):
        """Waits until so many mails arrived, or nothing is under way any more."""
        deadline, asked = time.monotonic() + seconds, 0
        while len(self.sink.accepted) < number and time.monotonic() < deadline and is_under_way():
            if dead := [worker for worker in self.workers if worker.poll() is not None]:
                raise AssertionError(f"{len(dead)} workers ended by themselves:\n{(self.folder / 'worker.log').read_text()[-3000:]}")
            if time.monotonic() - asked > 3:  # a scheduler that ticks quickly
                self.tick()
                asked = time.monotonic()
            time.sleep(0.02)

    def kill_all(self):
        """SIGKILL to a worker and its senders, at whatever they are."""
        worker = self.workers.pop()
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        self.kills["worker"] += 1

    def freeze(self):
        """The newest worker and its senders stand still, at whatever they are, as on a machine that hangs; returns it."""
        worker = self.workers.pop()
        os.killpg(worker.pid, signal.SIGSTOP)
        self.frozen.append(worker)
        return worker

    def thaw(self, worker):
        os.killpg(worker.pid, signal.SIGCONT)
        self.frozen.remove(worker)
        self.workers.append(worker)

    def kill_a_sender(self):
        """SIGKILL to one child; its worker goes on."""
        pid, children, deadline = self.workers[-1].pid, [], time.monotonic() + 60
        while not children and time.monotonic() < deadline:  # a worker that was just started has none yet
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            time.sleep(0.1)
        os.kill(int(random.choice(children)), signal.SIGKILL)
        self.kills["sender"] += 1

    def let_leases_end(self):
        """What the tick does some minutes later: nobody waits for them here, because the clock is an argument."""
        ledger.expire(timezone.now() + 2 * ledger.LEASE)

    def close(self):
        for worker in [*self.frozen]:
            self.thaw(worker)
        for worker in self.workers:
            worker.terminate()
            try:
                worker.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait()


@contextmanager
def watched():
    """Reads the newest run's ledger again and again, each time in one statement: (planned, {state: number}, is it complete)."""
    seen, is_over = [], threading.Event()

    def look():
        statement = """SELECT r.planned, r.completed_at IS NOT NULL, json_object_agg(d.state, d.number)
        FROM notifications_run r, LATERAL (
          SELECT state, count(*) AS number FROM notifications_delivery WHERE run_id = r.id GROUP BY state) d
        GROUP BY r.id ORDER BY r.id DESC LIMIT 1"""
        while not is_over.wait(0.02):
            try:
                with connection.cursor() as cursor:
                    cursor.execute(statement)
                    if row := cursor.fetchone():
                        seen.append((row[0], row[2], row[1]))
            except DatabaseError:  # a test takes the database away
                connection.close()
        connection.close()

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        is_over.set()
        watcher.join()


def is_under_way():
    return Delivery.objects.filter(state__in=UNDER_WAY).exists()


def finish(room, number, seconds):
    """Let everything that is under way end; leases of the killed end when nothing moves any more."""
    deadline = time.monotonic() + seconds
    while is_under_way() and time.monotonic() < deadline:
        before = len(room.sink.accepted)
        room.wait_for_mails(number, 10)
        if len(room.sink.accepted) == before:
            room.let_leases_end()


def plan(number, address="reader-{}@example.org", target=None):
    """One entry, already told: a mail is planned for each of `number` members."""
    users = User.objects.bulk_create(User(email=address.format(n), name=f"Reader {n}", password="!") for n in range(number))
    entry = OutboxEntry.objects.create(
        kind="project.returned", target=target, context={"title": "Lamps"}, url="/projects/lamps/", fanned_out_at=timezone.now()
    )
    Delivery.objects.bulk_create(
        Delivery(reader=f"member:{user.pk}", list="at_once", period=f"entry:{entry.pk}", user=user, template="notice", entry=entry,
                 reason="author", stop=entry.kind, priority=2)
        for user in users
    )  # fmt: skip
    return entry


def ledger_table(room, title):
    """The ledger as it stands, for people to read."""
    counts = {state.value: number for state, number in Delivery.objects.count_by_state().items()}
    arrived = Counter(room.sink.receivers)
    lines = [title, f"  planned {sum(counts.values())} = " + " + ".join(f"{number} {state}" for state, number in counts.items())]
    twice = sum(number > 1 for number in arrived.values())
    lines.append(
        f"  kills: {sum(room.kills.values())} {dict(room.kills)}; arrived at the mail server: {len(arrived)} readers, {twice} of them twice"
    )
    for key, reader, error in Delivery.objects.filter(state="unknown").values_list("key", "user__email", "error"):
        lines.append(f"  unknown {reader} ({key}): {error}; {'had arrived' if arrived[reader] else 'had not arrived'}")
    return "\n".join(lines)

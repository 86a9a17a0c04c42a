"""The digest with real workers, a real broker and a real mail server: TC-01, TC-03, TC-04, TC-05. `make soak` runs the full numbers.

TC-02, each fault of a mail server by its number: tests/digests/test_faults.py; under load: tests/process/test_mailroom.py.
"""

import random
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from redis import Redis

from digests.models import Subscription
from members.models import User
from notifications.models import Delivery, Follow, Run
from taxonomy.models import Theme
from tests.factories import ProjectFactory
from tests.support import databases, mailroom, missing, servers

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


def subscribe(number, address="reader-{}@example.org"):
    """So many members who follow energy and whose digest has been due for a minute, and three new projects for them."""
    theme, now = Theme.objects.get(slug="energy"), timezone.localtime()
    for count in range(3):
        ProjectFactory(slug=f"new-{count}", published_at=now - timedelta(days=1)).themes.add(theme)
    users = User.objects.bulk_create(User(email=address.format(n), name=f"Reader {n}", password="!") for n in range(number))
    before = now - timedelta(days=30)
    Subscription.objects.bulk_create(
        Subscription(user=user, frequency="daily", hour=now.hour, since=before, started_at=before) for user in users
    )
    Follow.objects.bulk_create(Follow(user=user, target=theme) for user in users)
    return users


def states():
    return {str(state): number for state, number in Delivery.objects.filter(list="digest").count_by_state().items() if number}


def test_tc01_workers_killed_in_the_middle_of_a_digest(room, sink, keep, request):
    soak = request.config.getoption("--soak")
    mails, kills = (2_000, 50) if soak else (300, 5)
    sink.pause = 0.01
    subscribe(mails)
    planned = int(room.run("from digests.planning import plan; print(plan().planned)"))  # here the mails would go out at once
    room.start()
    with mailroom.watched() as moments:
        for kill in range(kills):
            room.wait_for_mails(len(sink.accepted) + random.randint(5, mails // kills))
            if kill % 2:
                room.kill_a_sender()
            else:
                room.kill_all()
                room.start()
            room.let_leases_end()
            room.broker.send_task("digests.tick")
        mailroom.finish(room, mails, 900)
        complete(room)
    keep(mailroom.ledger_table(room, f"digest: {mails} readers, {kills} kills"))
    arrived = Counter(sink.receivers)
    sent = set(Delivery.objects.filter(state="sent").values_list("user__email", flat=True))
    unknown = set(Delivery.objects.filter(state="unknown").values_list("user__email", flat=True))
    assert (planned, set(arrived.values())) == (mails, {1})
    assert (len(sent) + len(unknown), sent - set(arrived), set(arrived) - sent - unknown) == (mails, set(), set())
    assert len(unknown) <= room.kills["worker"] * mailroom.SENDERS + room.kills["sender"]
    assert_promise_1(moments, mails)


def complete(room, seconds=30):
    """Waits until the scheduler has seen that the run is complete."""
    room.broker.send_task("digests.tick")
    deadline = time.monotonic() + seconds
    while not Run.objects.exclude(completed_at=None).exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(0.1)


def assert_promise_1(moments, planned):
    """At every moment planned = sum of all states; complete only while nothing is pending, claimed or being sent."""
    assert {(number, sum(states.values())) for number, states, _is_complete in moments} == {(planned, planned)}
    under_way = [sum(states.get(state, 0) for state in mailroom.UNDER_WAY) for _number, states, is_complete in moments if is_complete]
    assert (set(under_way), len({str(states) for _number, states, _is_complete in moments}) > 10) == ({0}, True)


def ended_well(sink, readers):
    """Everybody has one mail, or is listed as one of whom nobody knows; returns how many of the latter there are."""
    arrived, ends = Counter(sink.receivers), states()
    unknown = set(Delivery.objects.filter(state="unknown").values_list("user__email", flat=True))
    everybody = {user.email for user in readers}
    assert (set(ends) <= {"sent", "unknown"}, sum(ends.values()), set(arrived.values())) == (True, len(readers), {1})
    assert everybody - set(arrived) - unknown == set()
    return len(unknown)


def test_tc03_a_broker_that_goes_away_in_mid_digest_and_comes_back_empty(another_room, sink, tmp_path, keep):
    program, port = shutil.which("redis-server") or missing.leave_out("Redis"), servers.free_port()
    room, sink.pause = another_room(f"redis://127.0.0.1:{port}/0"), 0.02
    readers = subscribe(150)
    with servers.redis(program, tmp_path, port):
        room.start()
        room.run("from digests.planning import plan; plan()")
        room.wait_for_mails(60)
    room.run("from digests.tasks import tick; tick()")  # a scheduler finds no broker, and is not disturbed
    assert mailroom.is_under_way()
    with servers.redis(program, tmp_path, port):
        mailroom.finish(room, 150, 90)
        room.close()
    keep(mailroom.ledger_table(room, "digest: 150 readers, the broker went away after 60 and came back empty"))
    assert ended_well(sink, readers) == 0


def test_tc03_a_worker_that_hangs_its_tasks_given_to_another_and_both_go_on(redis_server, another_room, sink, keep):
    """The broker's time for a task is over, the leases end, another worker sends the rest; then the first wakes up in mid mail."""
    room, sink.pause = another_room(redis_server, "tests.support.impatient"), 0.03
    readers = subscribe(120)
    room.start()
    room.run("from digests.planning import plan; plan()")
    room.wait_for_mails(20)
    hanging, broker = room.freeze(), Redis.from_url(redis_server)
    held, deadline = broker.hlen("unacked"), time.monotonic() + 60
    room.start()
    room.let_leases_end()
    while (mailroom.is_under_way() or broker.hlen("unacked")) and time.monotonic() < deadline:
        room.wait_for_mails(120, 1)
        time.sleep(0.1)
    taken_back, in_doubt = broker.hlen("unacked") == 0, states().get("unknown", 0)
    room.thaw(hanging)
    time.sleep(2)
    keep(mailroom.ledger_table(room, f"digest: 120 readers, a worker that hung with {held} tasks and {in_doubt} mails in its hands"))
    room.close()
    room.broker.control.purge()
    assert (held > 0, taken_back, in_doubt <= mailroom.SENDERS) == (True, True, True)
    assert ended_well(sink, readers) <= in_doubt  # those it had in its hands have their true end


def test_tc04_a_database_that_is_restarted_in_mid_digest(room, sink, keep):
    """As `pg_ctl restart -m fast` is to a client: every connection ends at once, and for two seconds there is no new one."""
    readers, sink.pause, name = subscribe(150), 0.02, connection.settings_dict["NAME"]
    room.start()
    room.run("from digests.planning import plan; plan()")
    for mails in (40, 90):
        room.wait_for_mails(mails)
        connection.close()
        with databases.server() as cursor:
            cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            time.sleep(2)
            cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        room.let_leases_end()
    mailroom.finish(room, 150, 90)
    keep(mailroom.ledger_table(room, "digest: 150 readers, the database was away twice for two seconds"))
    assert ended_well(sink, readers) <= 2 * mailroom.SENDERS


def test_tc05_two_schedulers_and_a_run_by_hand_in_the_same_second(room, sink, keep):
    users = subscribe(60)
    room.start()
    room.start()
    argv = [sys.executable, "manage.py", "send_digests"]
    by_hand = [subprocess.Popen(argv, env=room.environ, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True) for _one in range(2)]
    beats = [threading.Thread(target=lambda: room.broker.send_task("digests.tick")) for _one in range(4)]
    for beat in beats:
        beat.start()
    said = [one.communicate(timeout=120)[0].splitlines()[-1] for one in by_hand]
    room.wait_for_mails(60)
    deadline = time.monotonic() + 30
    while mailroom.is_under_way() and time.monotonic() < deadline:
        time.sleep(0.2)
    keep(mailroom.ledger_table(room, "digest: 60 readers, two workers, four ticks and two runs by hand at once"))
    assert (Run.objects.count(), states(), Counter(sink.receivers)) == (1, {"sent": 60}, {user.email: 1 for user in users})
    assert all(line.startswith("planned=") for line in said)

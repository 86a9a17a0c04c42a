"""Orders the measurement: databases, a mail server, senders in processes of their own, and who has a turn when."""

import contextlib
import json
import os
import platform
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime

from benchmarks import server
from benchmarks.digest import report, sink

BASE = "portal_bench_digest"
ITEMS = 2_000
RESULTS = server.ROOT / "benchmarks" / "results"
A_TURN = 500


def add_options(parser):
    """The options of `python -m benchmarks.digest`."""
    parser.add_argument("--readers", default="10000,100000", help="numbers of readers")
    parser.add_argument("--mails", type=int, default=10_000, help="so many are sent at each size, by one sender")
    parser.add_argument("--look", dest="keep", action="store_false", help="print the figures and keep nothing")
    parser.add_argument("--rounds", type=int, default=4, help=f"turns of {A_TURN} mails of each that is compared")


class Worker:
    """A process that does what it is told, one thing at a time."""

    def __init__(self, environment):
        command = [sys.executable, "-m", "benchmarks.digest.worker"]
        self.process = subprocess.Popen(
            command, cwd=server.ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def begin(self, *command):
        self.process.stdin.write(json.dumps(command) + "\n")
        return self

    def result(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"A sender ended by itself with {self.process.wait(timeout=server.PATIENCE)}")
        return json.loads(line)

    def do(self, *command):
        return self.begin(*command).result()

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=server.PATIENCE)


@contextlib.contextmanager
def workers(number, environment):
    made = [Worker(environment) for _one in range(number)]
    try:
        yield made
    finally:
        for worker in made:
            worker.close()


@contextlib.contextmanager
def database(size):
    """A database of its own with migrations and reference data, dropped afterwards."""
    name = f"{BASE}_{size}"
    with contextlib.closing(server.connect("postgres")) as link, link.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [BASE])
        if not cursor.fetchone():
            cursor.execute(f"CREATE DATABASE \"{BASE}\" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
        server.manage(BASE, "migrate", "--verbosity", "0")
        server.manage(BASE, "load_reference")
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{BASE}"')
        try:
            yield name
        finally:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def at_size(readers, mails, rounds):
    """Every figure for one number of readers."""
    port = free_port()
    with database(readers) as name, sink.running(port):
        environment = server.environment(name) | {"EMAIL_URL": f"smtp://127.0.0.1:{port}"}
        with workers(1, environment) as (one,):
            found = {"readers": readers, "filled": one.do("fill", readers, ITEMS), "plans": one.do("explain")}
            found["planned"], found["queries"] = one.do("plan"), one.do("queries", min(500, readers))
        turn, rounds = min(A_TURN, max(50, readers // 10)), max(1, min(rounds, (readers - 100) // (3 * 50)))
        with workers(3, environment) as (one, two, pusher):
            found["kept"] = pusher.do("keep", turn)
            turns = {"limit": [], "one": [], "loop": [], "two": []}
            one.do("send", 50)  # both have compiled their templates
            two.do("send", 50)
            for _round in range(rounds):
                turns["limit"].append(pusher.do("push", turn))
                turns["one"].append(one.do("send", turn))
                started = time.monotonic()
                both = [worker.begin("send", turn) for worker in (one, two)]
                sent = sum(worker.result()["mails"] for worker in both)
                turns["two"].append({"mails": sent, "seconds": time.monotonic() - started})
                turns["loop"].append(pusher.do("loop", max(10, turn // 10)))
        with workers(1, environment) as (one,):
            one.do("again")
            found |= {"turns": turns, "long": one.do("send", mails), "states": one.do("states")}
    return found


def bench(*, readers="10000,100000", mails=10_000, rounds=4, keep=True):
    """Measure, keep the results and print the report."""
    load, sizes = os.getloadavg()[0], [at_size(int(size), mails, rounds) for size in str(readers).split(",")]
    text = report.markdown({
        "at": datetime.now(UTC).isoformat(timespec="seconds"), "python": platform.python_version(), "processors": os.cpu_count(),
        "load": (load, os.getloadavg()[0]), "sizes": sizes,
    })  # fmt: skip
    if keep:
        (RESULTS / "digest.md").write_text(text)
        (RESULTS / "digest-plans.txt").write_text(report.plans(sizes[-1]))
    print(text)

"""Serves one cluster as long as anybody uses it: `keeper.py FOLDER PROGRAMS LOSSY`, started by launcher.database.

Users hold a shared lock beside the folder. The keeper ends PostgreSQL when it gets that lock for itself, so the
server outlives the command that started it while another one needs it, and nobody's crash leaves it running.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from launcher import account, child, locks
from launcher.cluster import FAST_AND_LOSSY, Cluster, bare

PATIENCE = 30  # seconds for a fast shutdown


def running(cluster):
    """Returns the process id of the server of this folder, or None."""
    try:
        number = int(cluster.pid_file.read_text().split()[0])
        os.kill(number, 0)
    except (OSError, ValueError, IndexError):
        return None
    name = Path(f"/proc/{number}/comm")
    if name.exists() and name.read_text().strip() != "postgres":
        # After a power cut the number may belong to another program; PostgreSQL would refuse to start.
        cluster.pid_file.unlink()
        return None
    return number


def start(cluster):
    """Starts PostgreSQL on a socket only, never on the network."""
    argv = [cluster.programs / "postgres", "-D", cluster.folder, "-k", cluster.sockets]
    argv += [
        "-c",
        "listen_addresses=",
        "-c",
        "unix_socket_permissions=0700",
        "-c",
        "timezone=UTC",
        "-c",
        "log_timezone=UTC",
    ]
    argv += FAST_AND_LOSSY if cluster.lossy else []
    return subprocess.Popen(
        child.command(signal.SIGINT, argv, account.option(account.find())),
        stdin=subprocess.DEVNULL,
        env=bare(),
        cwd=cluster.folder.parent,
    )


def stop(cluster, process):
    """Ends the server: fast shutdown first, immediate when that takes too long."""
    for number in (signal.SIGINT, signal.SIGQUIT):
        deadline = time.monotonic() + PATIENCE
        server = running(cluster)
        if server:
            os.kill(server, number)
        while running(cluster) and time.monotonic() < deadline:
            time.sleep(0.05)
            if process:
                process.poll()
        if not running(cluster):
            return


def keep(cluster):
    """Runs until the server ends, nobody uses it any more, or a signal comes; returns an exit status."""
    mine = locks.take(cluster.keeper_lock, wait=False)
    if mine is None:
        return 0
    process = None if running(cluster) else start(cluster)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        while True:
            if process and process.poll() is not None:
                return 1
            if locks.take(cluster.users_lock, wait=False) is not None:
                return 0
            time.sleep(0.2)
    finally:
        stop(cluster, process)


if __name__ == "__main__":
    sys.exit(keep(Cluster(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "lossy")))

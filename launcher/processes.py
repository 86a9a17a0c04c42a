"""Runs the portal's programs side by side with one readable log, and ends them together."""

import os
import signal
import subprocess
import threading
import time

from launcher import child
from launcher.errors import Stop, say

PATIENCE = 10  # seconds a program has to end by itself
WIDTH = 7


class Programs:
    """The programs started so far. Each has its own process group: Ctrl-C reaches the launcher alone."""

    def __init__(self, environ, folder):
        self.environ = environ
        self.folder = folder
        self.started = {}

    def start(self, name, argv):
        """Starts a program; what it logs appears with its name before it. Banners go to the other stream and are dropped."""
        process = subprocess.Popen(
            child.command(signal.SIGTERM, argv),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            env=self.environ,
            cwd=self.folder,
            start_new_session=True,
        )
        self.started[name] = process
        threading.Thread(target=relay, args=(name, process.stderr), daemon=True).start()

    def ended(self):
        """Returns the name and status of a program that ended by itself, or None."""
        for name, process in self.started.items():
            if process.poll() is not None:
                return name, process.returncode
        return None

    def watch(self):
        """Waits as long as all programs run; raises Stop when one ends."""
        while not self.ended():
            time.sleep(0.2)
        name, status = self.ended()
        raise Stop(f"{name} ended with status {status}, so the portal stops; its last lines above say why.")

    def stop(self):
        """Asks all programs to end, and ends those that do not within PATIENCE."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            for process in self.started.values():
                signal_group(process, number)
            deadline = time.monotonic() + PATIENCE
            while time.monotonic() < deadline and any(p.poll() is None for p in self.started.values()):
                time.sleep(0.05)


def signal_group(process, number):
    """Signals a program and what it started; the group may be gone already."""
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        pass


def relay(name, stream):
    """Prints each line of a program with its name before it."""
    for line in filter(str.strip, stream):
        say(f"{name:<{WIDTH}}| {line.rstrip()}")

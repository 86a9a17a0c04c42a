"""Finds the address the portal can be reached at."""

import errno
import socket
import time
import urllib.error
import urllib.request

from launcher.errors import Stop

FIRST, TRIED = 8000, 50
DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy cannot reach this machine's localhost


def free(port):
    """Tells whether a port can be had on 127.0.0.1 and, because browsers ask `localhost` there first, on ::1."""
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family, socket.SOCK_STREAM) as trial:
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                trial.bind((address, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
    return True


def choose(wanted=FIRST):
    """Returns the wanted port or the next free one; raises Stop when there is none nearby."""
    for port in range(wanted, min(wanted + TRIED, 65536)):
        if free(port):
            return port
    raise Stop(f"No free port from {wanted} to {wanted + TRIED - 1}: set PORT to another one and start again.")


def answers(url):
    """Tells whether the portal answers at an address."""
    try:
        with DIRECTLY.open(url, timeout=5) as answer:
            return answer.status == 200
    except urllib.error.HTTPError:
        return False
    except OSError:
        return False


def wait_for(url, seconds, ended):
    """Waits for an answer; gives up when `ended` says that a program is gone, or after the time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not ended():
        if answers(url):
            return True
        time.sleep(0.1)
    return False

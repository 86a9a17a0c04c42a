"""Servers that process tests start and end themselves."""

import contextlib
import socket
import subprocess
import time


def free_port():
    """Returns a port nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def wait_for_port(port, seconds=15, process=None):
    """Waits until somebody listens on a port of this machine; gives up when the process that should has ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not (process and process.poll() is not None):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"Nobody listens on port {port}.")


@contextlib.contextmanager
def running(argv, **options):
    """Runs a program for a block and ends it."""
    process = subprocess.Popen([str(part) for part in argv], **options)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def redis(program, folder, port=None):
    """Runs a Redis without a file; yields its address."""
    port = port or free_port()
    argv = [program, "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder]
    with running(argv, stdout=subprocess.DEVNULL) as process:
        wait_for_port(port, process=process)
        yield f"redis://127.0.0.1:{port}/0"

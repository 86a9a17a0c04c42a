"""File locks: they end with the process that holds them, however it ends."""

import contextlib
import fcntl
import os
import time

from launcher.errors import Stop


def take(path, *, shared=False, wait=True):
    """Returns an open descriptor that holds the lock, or None when it is taken and `wait` is false."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    flag = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
    try:
        fcntl.flock(descriptor, flag)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def free(path, *, shared=False):
    """Tells whether the lock could be had at this moment; shared: whether nobody holds it for himself."""
    descriptor = take(path, shared=shared, wait=False)
    if descriptor is None:
        return False
    os.close(descriptor)
    return True


def wait_until_free(path, seconds, sentence):
    """Waits for the holder to end; raises Stop with the sentence when it does not within the time."""
    deadline = time.monotonic() + seconds
    while not free(path):
        if time.monotonic() > deadline:
            raise Stop(sentence)
        time.sleep(0.1)


@contextlib.contextmanager
def held(path, *, shared=False):
    """Holds the lock for a block; waits for it."""
    descriptor = take(path, shared=shared)
    try:
        yield
    finally:
        os.close(descriptor)

"""Starts a program that ends with the launcher: `child.py SIGNAL PARENT UID:GID COMMAND…`.

Linux sends the signal to the program when its parent dies, even by kill -9, so that nothing is left behind.
Elsewhere the program is started as it is. UID:GID is "-" for the account of the caller.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def become(account):
    """Gives up root for another account, written as UID:GID."""
    uid, gid = (int(part) for part in account.split(":"))
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def bind_to_parent(number, parent):
    """Asks the kernel for the signal at the parent's death; leaves if the parent is gone already."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)


def command(number, argv, account="-"):
    """Returns the command line that starts `argv` bound to this process by a signal number."""
    start = [sys.executable, "-I", "-S", os.path.abspath(__file__), int(number), os.getpid(), account]
    return [str(part) for part in [*start, *argv]]


if __name__ == "__main__":
    if sys.argv[3] != "-":
        become(sys.argv[3])
    bind_to_parent(int(sys.argv[1]), int(sys.argv[2]))
    os.execvp(sys.argv[4], sys.argv[4:])

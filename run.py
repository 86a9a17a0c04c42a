#!/usr/bin/env python3
"""Starts the portal on a fresh machine: `python3 run.py help` lists the commands. Needs only Python's standard library.

This file must be understood by every Python that may be called `python3`, very old ones too, so that it can say
in one sentence what is missing. The work itself is in the package `launcher`, which may use Python 3.11.
"""

from __future__ import print_function

import os
import subprocess
import sys

OLDEST, NEWEST = (3, 11), (3, 14)
# Prints the version when this Python can make an environment with pip in it, else what it lacks.
PROBE = """
import sys
lacks = ""
for name in ("venv", "ensurepip", "fcntl"):
    try:
        __import__(name)
    except ImportError:
        lacks = lacks or name
print("%d.%d %s" % (sys.version_info[0], sys.version_info[1], lacks))
"""


def stop(sentence):
    """Ends the program with status 1 and one sentence on the error stream."""
    sys.stderr.write(sentence + "\n")
    sys.exit(1)


def unsupported_system():
    """Returns the sentence for a system the embedded database does not run on, or None."""
    if os.name == "nt":
        return "Windows is not supported directly: open a WSL terminal (wsl --install), clone the project there and start again."
    if not (sys.platform.startswith("linux") or sys.platform == "darwin"):
        return "The embedded database runs on Linux, macOS and WSL only; this is %s." % sys.platform
    return None


def probe(python):
    """Returns ((major, minor), missing module or "") of an interpreter, or None when it does not start."""
    try:
        process = subprocess.Popen([python, "-c", PROBE], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        words = process.communicate()[0].decode("ascii", "replace").split()
    except OSError:
        return None
    if process.returncode != 0 or not words:
        return None
    version = tuple(int(part) for part in words[0].split("."))
    return version, (words[1] if len(words) > 1 else "")


def candidates():
    """Names every interpreter to look at: this one first, then python3.14 down to python3.11 on the PATH."""
    found = [sys.executable] if sys.executable else []
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found.append("python3.%d" % minor)
    return found + ["python3"]


def choose():
    """Returns the first interpreter that can do the work; ends with one sentence when there is none."""
    lacking = None
    for python in candidates():
        seen = probe(python)
        if seen is None or not OLDEST <= seen[0] <= NEWEST:
            continue
        if not seen[1]:
            return python
        lacking = lacking or seen
    if lacking:
        name = "python%d.%d" % lacking[0]
        stop(
            "%s is here but cannot make an environment (no module %s): install it, for example with "
            "'sudo apt install %s-venv', and start again." % (name, lacking[1], name)
        )
    hint = "'brew install python@3.13'" if sys.platform == "darwin" else "'sudo apt install python3 python3-venv'"
    stop(
        "The portal needs Python 3.11 to 3.14, and this is Python %d.%d with no other one on the PATH: "
        "install one, for example with %s or from python.org." % (sys.version_info[0], sys.version_info[1], hint)
    )


def main():
    """Checks system and interpreter, then hands over to launcher.commands."""
    problem = unsupported_system()
    if problem:
        stop(problem)
    here = os.path.dirname(os.path.abspath(__file__))
    python = choose()
    if python != sys.executable:
        os.execvp(python, [python, os.path.join(here, "run.py")] + sys.argv[1:])
    sys.path.insert(0, here)
    from launcher.commands import main as work

    return work(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

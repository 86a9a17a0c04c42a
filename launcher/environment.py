"""The virtual environment: made once, brought up to date when the requirements change, without network otherwise."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time

from launcher import child, locks
from launcher.errors import Stop, say
from launcher.folders import raise_if_full

ROOM = {"requirements.txt": 900, "requirements-dev.txt": 1500}  # megabytes, downloads included
STAMP = "portal-requirements.json"
NO_NETWORK = (
    "error sending request",
    "failed to fetch",
    "failed to establish a new connection",
    "name resolution",
    "network is unreachable",
    "no matching distribution found",
    "connection error",
)


def digest(project, name):
    """Returns a fingerprint of a requirements file, of the ones it includes and of this Python."""
    text = (project / name).read_bytes()
    if name != "requirements.txt":
        text += (project / "requirements.txt").read_bytes()
    constraints = project / "constraints.txt"
    text += constraints.read_bytes() if constraints.exists() else b""
    return hashlib.sha256(text + repr(sys.version_info[:2]).encode()).hexdigest()


def installed(folders):
    """Returns what the environment holds: requirements file → fingerprint; nothing when it cannot be used."""
    if not folders.python.exists():
        return {}
    try:
        return json.loads((folders.venv / STAMP).read_text())
    except (OSError, ValueError):
        return {}


def ensure(folders, name="requirements.txt"):
    """Makes the environment hold a requirements file; returns at once when it does already."""
    wanted = digest(folders.project, name)
    with locks.held(folders.data / "environment.lock"):
        if installed(folders).get(name) == wanted:
            return
        raise_if_full(folders.venv.parent, ROOM[name])
        if not folders.python.exists():
            create(folders)
        started = time.monotonic()
        say(f"Installing {name} (needs the network; usually below a minute) …")
        install(folders, name)
        held = {name: wanted, "requirements.txt": digest(folders.project, "requirements.txt")}
        (folders.venv / STAMP).write_text(json.dumps(held))
        say(f"Installed in {time.monotonic() - started:.0f} s.")


def create(folders):
    """Makes an empty environment with pip in it."""
    say(f"Making the environment {folders.venv} with Python {sys.version_info[0]}.{sys.version_info[1]} …")
    shutil.rmtree(folders.venv, ignore_errors=True)
    status, lines = relay([sys.executable, "-m", "venv", folders.venv], quiet=True)
    if status:
        shutil.rmtree(folders.venv, ignore_errors=True)
        raise Stop(explain(lines, f"The environment {folders.venv} could not be made"))


def install(folders, name):
    """Installs with uv when it can be had, else with pip; raises Stop with the reason when both fail."""
    pip = [folders.python, "-m", "pip"]
    target = ["-r", folders.project / name]
    if (folders.project / "constraints.txt").exists():
        target += ["-c", folders.project / "constraints.txt"]
    uv = shutil.which("uv")
    if not uv and relay([*pip, "install", "--disable-pip-version-check", "--quiet", "uv"], quiet=True)[0] == 0:
        uv = folders.venv / "bin" / "uv"
    if uv:
        status, lines = relay([uv, "pip", "install", "--python", folders.python, *target])
        if status == 0:
            return
        say("uv could not install them; trying pip …")
    status, lines = relay([*pip, "install", "--disable-pip-version-check", "--progress-bar", "off", *target])
    if status:
        raise Stop(explain(lines, "The requirements could not be installed"))


def relay(argv, *, quiet=False):
    """Runs a command, shows its lines as they come; returns its status and its last lines."""
    environ = {**os.environ, "UV_SYSTEM_CERTS": "1", "UV_NO_PROGRESS": "1", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        child.command(15, argv),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=environ,
    )
    lines = []
    try:
        for line in process.stdout:
            lines = [*lines[-40:], line.rstrip()]
            if not quiet and line.strip():
                say(f"  {line.rstrip()}")
        return process.wait(), lines
    finally:
        if process.poll() is None:  # Ctrl-C
            process.terminate()


def explain(lines, what):
    """Returns one sentence for a failed command from the last lines it printed."""
    text = "\n".join(lines).lower()
    if "no space left" in text or "disk quota" in text:
        return f"{what}: the disk is full; make room, or set PORTAL_HOME to a folder on a larger disk."
    if any(sign in text for sign in NO_NETWORK):
        return f"{what}: the package index cannot be reached; check the network (or proxy) and start again."
    return f"{what}: {next((line for line in reversed(lines) if line.strip()), 'no reason was given')}"

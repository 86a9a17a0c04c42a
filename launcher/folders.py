"""Where the environment and the data of one checkout are kept."""

import hashlib
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from launcher.errors import Stop

PROJECT = Path(__file__).resolve().parents[1]
SYSTEM_HOME = Path("/var/lib/smart-city-portal")
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Folders:
    """The folders of one checkout; `note` is a line for the reader when they are not where one looks first."""

    project: Path
    venv: Path
    data: Path
    note: str = ""

    @property
    def python(self):
        return self.venv / "bin" / "python"


def key(project):
    """Returns a short name that differs between two checkouts, for folders outside of them."""
    readable = re.sub(r"[^A-Za-z0-9]+", "-", project.name).strip("-")[:20] or "portal"
    return f"{readable}-{hashlib.sha256(os.fsencode(project)).hexdigest()[:8]}"


def keeps_permissions(folder):
    """Tells whether files can be made in a folder, and be closed to others there (not so on WSL's /mnt/c)."""
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".try-") as trial:
            os.chmod(trial, 0o700)
            return os.stat(trial).st_mode & 0o077 == 0
    except OSError:
        return False


def user_home(environ):
    """Returns the folder for a checkout that cannot be written to."""
    share = environ.get("XDG_DATA_HOME") or os.path.join(environ.get("HOME") or "/nonexistent", ".local", "share")
    return Path(share) / "smart-city-portal"


def locate(project=PROJECT, environ=os.environ, uid=None):
    """Chooses and makes the folders: PORTAL_HOME, a system folder for root, the checkout, else the user's own share.

    Raises Stop when none of them can be written to.
    """
    uid = os.geteuid() if uid is None else uid
    if environ.get("PORTAL_HOME"):
        home, note = Path(environ["PORTAL_HOME"]).absolute(), ""
    elif uid == 0:
        # PostgreSQL refuses to run as root and its own account cannot enter /root.
        home = SYSTEM_HOME / key(project)
        note = f"Started as root: the environment and the data of this checkout are kept in {home}."
    elif keeps_permissions(project):
        return make(Folders(project, project / ".venv", project / "var"))
    else:
        home = user_home(environ) / key(project)
        note = f"{project} cannot keep the data: environment and data are in {home}."
    return make(Folders(project, home / "venv", home / "data", note))


def make(folders):
    """Makes the data folder; raises Stop when the place cannot be written to."""
    try:
        folders.data.mkdir(parents=True, exist_ok=True)
        folders.venv.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Stop(f"Cannot write to {folders.data} ({error.strerror}): set PORTAL_HOME to a folder of yours and start again.") from error
    if not keeps_permissions(folders.data):
        raise_if_full(folders.data, 1)
        raise Stop(f"Cannot write to {folders.data}: set PORTAL_HOME to a folder of yours and start again.")
    return folders


def raise_if_full(folder, megabytes):
    """Raises Stop when the file system of a folder has less room than needed."""
    free = shutil.disk_usage(folder).free // MEGABYTE
    if free < megabytes:
        raise Stop(
            f"The disk is full: {folder} has {free} MB left and {megabytes} MB are needed; "
            "make room, or set PORTAL_HOME to a folder on a larger disk."
        )

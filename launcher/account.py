"""The account PostgreSQL runs under: the caller's own, or a small one when the caller is root."""

import os
import pwd
import subprocess

from launcher.errors import Stop

NAME = "pgserver"


def find():
    """Returns the entry of the account to step down to, or None when the caller is not root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        return create()


def create():
    """Makes the system account; raises Stop when this machine does not let us."""
    argv = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/bin/false", NAME]
    try:
        subprocess.run(argv, check=True, capture_output=True)
        return pwd.getpwnam(NAME)
    except (OSError, subprocess.CalledProcessError, KeyError) as error:
        raise Stop(f"PostgreSQL does not run as root and the account {NAME} could not be made: start as another user.") from error


def option(account):
    """Returns the account as launcher.child takes it."""
    return f"{account.pw_uid}:{account.pw_gid}" if account else "-"


def give(folder, account):
    """Hands an empty folder over to the account."""
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)

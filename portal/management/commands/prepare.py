"""Brings the database up to date: migrations, reference data, once the demo content."""

import time

from django.core.checks import Tags, run_checks
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connection

from common.locks import one_at_a_time


class Command(BaseCommand):
    requires_system_checks = []  # only what concerns the database, below
    help = "Migrates, loads reference data and, with --demo, demo content; one process at a time."

    def add_arguments(self, parser):
        parser.add_argument("--demo", action="store_true", help="seed demo content too")
        parser.add_argument("--wait", type=int, default=0, help="seconds to wait for the database")

    def handle(self, *, demo, wait, **options):
        wait_for_database(wait)
        if faults := run_checks(tags=[Tags.database], databases=["default"]):
            raise CommandError("\n".join(f"{fault.msg} {fault.hint or ''}" for fault in faults))
        with one_at_a_time("prepare"):  # two containers or two launchers may start at once
            self.stdout.write("Migrating …")
            call_command("migrate", interactive=False, verbosity=0)
            self.stdout.write("Loading reference data …")
            call_command("load_reference", stdout=self.stdout)
            if demo:
                self.stdout.write("Seeding demo content …")
                call_command("seed_demo", stdout=self.stdout)


def wait_for_database(seconds):
    """Waits until the database answers; raises CommandError when it does not within the time."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            connection.ensure_connection()
            return
        except OperationalError as error:
            if time.monotonic() >= deadline:
                raise CommandError(f"The database cannot be reached: {error}") from error
            time.sleep(1)

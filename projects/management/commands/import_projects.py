"""`manage.py import_projects FILE`: projects of another system, all or nothing. docs/import.md describes the files."""

import sys
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from common.locks import one_at_a_time
from projects.importing.columns import ORGANISATIONS, PARTNERS, PROJECTS
from projects.importing.matching import named_from
from projects.importing.reading import UnreadableFile, read_table
from projects.importing.rows import RowReader
from projects.importing.values import word_key
from projects.importing.vocabulary import Vocabulary
from projects.importing.words import ROLES
from projects.importing.writing import Writer, check, in_one_transaction, refresh_statistics

ERRORS_SHOWN = 200


class Command(BaseCommand):
    help = "Imports projects from CSV, XLSX or JSON Lines. Nothing is written when a row is refused, unless --skip-bad says so."

    def add_arguments(self, parser):
        parser.add_argument("file", help="the projects")
        parser.add_argument("--organisations", metavar="FILE", help="organisations that the projects refer to by key")
        parser.add_argument("--partners", metavar="FILE", help="who takes part in which project, by key")
        parser.add_argument("--source", help="where the rows come from, when they do not say; the file's name otherwise")
        parser.add_argument("--dry-run", action="store_true", help="check and count, write nothing")
        parser.add_argument("--skip-bad", action="store_true", help="import the good rows and leave the bad ones out")

    def handle(self, *args, **options):
        """Read, check, write; ends with the line of counts and exit status 1 when rows were refused."""
        with one_at_a_time("import_projects"):  # the second of two imports finds the rows of the first
            self._import(options)

    def _import(self, options):
        try:
            projects = read_table(options["file"], PROJECTS)
            organisations = self._organisations(options["organisations"])
            partners = self._partners(options["partners"])
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        if projects.ignored:
            self.stdout.write(f"Columns not used: {', '.join(projects.ignored)}")
        source = options["source"] or Path(options["file"]).stem[:40]
        self.writer = Writer(organisations)
        good, bad = self._read(projects.rows, partners, source)
        if bad and not options["skip_bad"]:
            self.stdout.write(f"Nothing was written. Mend the {bad} refused rows, or leave them out with --skip-bad.")
            good = []
        outcome = self._write(good, source, options["dry_run"])
        self._tell(outcome, options["dry_run"])
        counts = outcome.counts
        self.stdout.write(
            f"rows={len(projects.rows)} created={counts['created']} updated={counts['updated']} "
            f"unchanged={counts['unchanged']} refused={bad}"
        )
        if bad:
            sys.exit(1)

    def _organisations(self, path):
        rows = read_table(path, ORGANISATIONS).rows if path else []
        return {cells["key"]: named_from(cells) for _line, cells in rows if cells.get("key") and cells.get("name")}

    def _partners(self, path):
        partners = {}
        for _line, cells in read_table(path, PARTNERS).rows if path else []:
            role = ROLES.get(word_key(cells.get("role", "")), "partner")
            partners.setdefault(cells.get("source_key"), []).append(
                {"key": cells.get("key", ""), "name": cells.get("name", ""), "role": role}
            )
        return partners

    def _read(self, rows, partners, source):
        reader, today = RowReader(Vocabulary(), source), timezone.localdate()
        good, bad, seen = [], 0, {}
        for line, cells in rows:
            row, errors = reader.read(cells)
            row.partners.extend(partners.get(row.source_key, []))
            key = row.source, row.source_key
            if row.source_key and key in seen:
                errors.append(("source_key", _("“%(key)s” stands in line %(line)s already.") % {"key": row.source_key, "line": seen[key]}))
            seen.setdefault(key, line)
            try:
                if not errors:
                    check(row, today)
                    good.append((line, row, *self.writer.owner_and_partners(row)))
            except ValidationError as error:
                errors.extend((column, message) for column, messages in error.message_dict.items() for message in messages)
            for column, message in errors:
                if bad < ERRORS_SHOWN:
                    self.stdout.write(f"line {line}, column {column}: {message}")
            bad += bool(errors)
        return good, bad

    def _write(self, good, source, dry_run):
        progress = Progress(self.stderr, len(good))
        outcome = in_one_transaction(lambda: self.writer.write(good, source=source, tick=progress.step), dry_run=dry_run)
        progress.end()
        if outcome.counts["created"] and not dry_run:
            refresh_statistics()
        return outcome

    def _tell(self, outcome, dry_run):
        if outcome.kept:
            lines = ", ".join(map(str, outcome.kept))
            self.stdout.write(f"Kept as members have changed them here since the last import: lines {lines}.")
        if outcome.organisations:
            self.stdout.write(f"New organisations: {outcome.organisations}")
        if dry_run:
            self.stdout.write("This was a dry run: nothing was written.")


class Progress:
    """A bar on a terminal; nothing anywhere else."""

    WIDTH = 40

    def __init__(self, stream, total):
        self.stream, self.total, self.done = stream, total, 0
        self.shown = bool(total) and stream.isatty()

    def step(self):
        self.done += 1
        if self.shown and (self.done % 25 == 0 or self.done == self.total):
            filled = self.WIDTH * self.done // self.total
            bar = "#" * filled + "." * (self.WIDTH - filled)
            self.stream.write(f"\r[{bar}] {self.done}/{self.total}", ending="")
            self.stream.flush()

    def end(self):
        if self.shown:
            self.stream.write("")

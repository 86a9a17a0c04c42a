"""Holds the translations complete: what a person reads in English has its Danish and Swedish."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError

FOLDERS = (
    "bookings",
    "common",
    "conversations",
    "digests",
    "discussions",
    "editorial",
    "events",
    "livinglabs",
    "members",
    "notifications",
    "organisations",
    "portal",
    "projects",
    "records",
    "search",
    "taxonomy",
    "testreports",
    "testrequests",
    "workinggroups",
)
EXTRACTION = [
    "makemessages",
    "--keep-pot",
    "--no-location",
    "--no-wrap",
    "--ignore=tests/*",
    "--ignore=var/*",
    "--ignore=.venv/*",
]


class Command(BaseCommand):
    help = "Fails when a translation is missing, uncertain or out of date; --compile writes the .mo files instead."

    def add_arguments(self, parser):
        parser.add_argument("--compile", action="store_true", help="compile the catalogues (needs no gettext)")
        parser.add_argument("--no-extract", action="store_true", help="do not compare with the sources (needs GNU gettext)")

    def handle(self, *, compile, no_extract, **options):
        catalogues = {code: Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES" / "django.po" for code in languages()}
        if compile:
            for path in catalogues.values():
                load(path).save_as_mofile(str(path.with_suffix(".mo")))
            return
        problems = [line for code, path in catalogues.items() for line in complaints(code, path)]
        if not no_extract:
            problems += [line for code, path in catalogues.items() for line in outdated(code, path)]
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write(f"Translations are complete: {', '.join(catalogues)}.")


def languages():
    return [code for code, _name in settings.LANGUAGES if code != "en"]


def load(path):
    """Returns the catalogue of a .po file; raises CommandError when there is none."""
    import polib

    if not path.exists():
        raise CommandError(f"{path} is missing.")
    return polib.pofile(str(path))


def complaints(code, path):
    """Yields what is missing or uncertain in a catalogue, and whether its compiled file says the same."""
    import polib

    catalogue = load(path)
    for entry in catalogue:
        if entry.obsolete:
            yield f"{code}: no longer used: {entry.msgid!r}"
        elif entry.fuzzy:
            yield f"{code}: uncertain (fuzzy): {entry.msgid!r}"
        elif not entry.translated():
            yield f"{code}: not translated: {entry.msgid!r}"
    compiled = path.with_suffix(".mo")
    finished = [entry for entry in catalogue.translated_entries() if not entry.obsolete]
    if not compiled.exists() or meanings(polib.mofile(str(compiled))) != meanings(finished):
        yield f"{code}: django.mo differs from django.po; run 'python3 run.py manage check_translations --compile'"


def meanings(entries):
    """Returns what entries say: (context, text, plural) → translations."""
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural): (entry.msgstr, *sorted(entry.msgstr_plural.items())) for entry in entries}


def outdated(code, path):
    """Yields the texts of the sources that the catalogue lacks, and the other way round."""
    wanted, held = extracted(), {key(entry) for entry in load(path) if not entry.obsolete}
    yield from (f"{code}: in the sources only: {text!r}" for _context, text in sorted(wanted - held, key=str))
    yield from (f"{code}: in the catalogue only: {text!r}" for _context, text in sorted(held - wanted, key=str))


def key(entry):
    return entry.msgctxt, entry.msgid


def extracted():
    """Returns the texts of the sources as (context, text), extracted with GNU gettext from a copy of them."""
    import polib

    if not shutil.which("xgettext"):
        raise CommandError("GNU gettext is missing (Debian: gettext); --no-extract leaves the comparison out.")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in (*FOLDERS, "templates"):
            if (settings.BASE_DIR / name).is_dir():
                shutil.copytree(settings.BASE_DIR / name, copy / name)
        (copy / "locale").mkdir()
        argv = [*django_admin(), *EXTRACTION, "--locale", "xx"]
        done = subprocess.run(argv, cwd=copy, capture_output=True, text=True, env=bare_environ())
        if done.returncode:
            raise CommandError(f"The texts could not be extracted: {done.stderr}")
        return {key(entry) for entry in polib.pofile(str(copy / "locale" / "django.pot"))}


def django_admin():
    import sys

    return [sys.executable, "-m", "django"]


def bare_environ():
    """Returns an environment without our settings: extraction reads the folder it stands in."""
    import os

    return {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}

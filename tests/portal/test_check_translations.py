import shutil
from io import StringIO

import polib
import pytest
from django.core.management import CommandError, call_command

from portal.management.commands import check_translations
from tests.support import missing


@pytest.fixture
def catalogue(settings, tmp_path):
    """A complete Danish and Swedish catalogue of one word; returns a function that writes another one."""
    settings.LOCALE_PATHS = [tmp_path]

    def write(code, *entries, compiled=True):
        path = tmp_path / code / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        book = polib.POFile()
        book.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
        book.extend(entries)
        book.save(str(path))
        if compiled:
            book.save_as_mofile(str(path.with_suffix(".mo")))

    write("da", polib.POEntry(msgid="Project", msgstr="Projekt"))
    write("sv", polib.POEntry(msgid="Project", msgstr="Projekt"))
    return write


def check(**options):
    out = StringIO()
    call_command("check_translations", no_extract=True, stdout=out, **options)
    return out.getvalue()


def test_complete_catalogues_pass(catalogue):
    assert check() == "Translations are complete: da, sv.\n"


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        (polib.POEntry(msgid="Theme"), "da: not translated: 'Theme'"),
        (polib.POEntry(msgid="Theme", msgstr="Tema", flags=["fuzzy"]), r"da: uncertain \(fuzzy\): 'Theme'"),
        (polib.POEntry(msgid="Theme", msgstr="Tema", obsolete=True), "da: no longer used: 'Theme'"),
        (
            polib.POEntry(msgid="%d town", msgid_plural="%d towns", msgstr_plural={0: "%d by", 1: ""}),
            "da: not translated",
        ),
    ],
)
def test_what_is_unfinished_is_named(catalogue, entry, complaint):
    catalogue("da", entry)
    with pytest.raises(CommandError, match=complaint):
        check()


def test_an_old_compiled_file_is_found_and_made_anew(catalogue):
    catalogue("da", polib.POEntry(msgid="Project", msgstr="Forsøg"), compiled=False)
    with pytest.raises(CommandError, match=r"da: django.mo differs from django.po"):
        check()
    check(compile=True)
    assert check() == "Translations are complete: da, sv.\n"


def test_a_missing_catalogue_is_named(catalogue, settings):
    (settings.LOCALE_PATHS[0] / "sv" / "LC_MESSAGES" / "django.po").unlink()
    with pytest.raises(CommandError, match=r"sv/LC_MESSAGES/django.po is missing"):
        check()


def test_texts_of_the_sources_are_compared(catalogue, monkeypatch):
    monkeypatch.setattr(check_translations, "extracted", lambda: {(None, "Project"), ("phase", "Idea")})
    catalogue("sv", polib.POEntry(msgid="Project", msgstr="Projekt"), polib.POEntry(msgid="Old", msgstr="Gammal"))
    with pytest.raises(CommandError) as raised:
        call_command("check_translations")
    assert sorted(str(raised.value).splitlines()) == [
        "da: in the sources only: 'Idea'",
        "sv: in the catalogue only: 'Old'",
        "sv: in the sources only: 'Idea'",
    ]


def test_the_sources_are_extracted():
    if not shutil.which("xgettext"):
        missing.leave_out("GNU gettext")
    assert {("state", "Draft"), (None, "Back in a moment")} <= check_translations.extracted()

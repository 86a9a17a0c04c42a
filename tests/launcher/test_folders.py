import collections
from pathlib import Path

import pytest

from launcher import folders
from launcher.errors import Stop

USER = 1000


def test_the_checkout_holds_its_own_environment_and_data(tmp_path):
    place = folders.locate(tmp_path, {}, USER)
    assert (place.venv, place.data, place.note) == (tmp_path / ".venv", tmp_path / "var", "")


def test_portal_home_comes_first(tmp_path):
    place = folders.locate(tmp_path, {"PORTAL_HOME": str(tmp_path / "elsewhere")}, 0)
    assert (place.venv, place.data) == (tmp_path / "elsewhere" / "venv", tmp_path / "elsewhere" / "data")


def test_root_gets_a_neutral_folder_and_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "SYSTEM_HOME", tmp_path / "system")
    place = folders.locate(tmp_path / "checkout", {}, 0)
    assert place.data.parent.parent == tmp_path / "system"
    assert place.note == f"Started as root: the environment and the data of this checkout are kept in {place.data.parent}."


def test_two_checkouts_never_share_a_folder():
    assert folders.key(Path("/home/a/portal")) != folders.key(Path("/home/b/portal"))
    assert folders.key(Path("/home/a/Smart City Portål!")).startswith("Smart-City-Port-l-")


def test_a_checkout_that_cannot_be_written_to_uses_the_users_share(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "keeps_permissions", lambda folder: folder != tmp_path)
    place = folders.locate(tmp_path, {"HOME": str(tmp_path / "home")}, USER)
    assert place.data.is_relative_to(tmp_path / "home" / ".local" / "share" / "smart-city-portal")
    assert place.note.startswith(f"{tmp_path} cannot keep the data")


def test_nowhere_to_write_is_one_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Stop, match=r"^Cannot write to .*: set PORTAL_HOME to a folder of yours and start again\.$"):
        folders.locate(tmp_path, {"PORTAL_HOME": str(tmp_path / "file" / "home")}, USER)


def test_a_full_disk_is_one_sentence(tmp_path, monkeypatch):
    usage = collections.namedtuple("usage", "free")(5_400_000)
    monkeypatch.setattr(folders.shutil, "disk_usage", lambda folder: usage)
    with pytest.raises(Stop, match=r"^The disk is full: .* has 5 MB left and 900 MB are needed;"):
        folders.raise_if_full(tmp_path, 900)

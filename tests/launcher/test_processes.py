import sys
import time

import pytest

from launcher import locks, ports
from launcher.errors import Stop
from launcher.processes import Programs


@pytest.fixture
def programs(tmp_path):
    started = Programs({"PATH": "/usr/bin:/bin"}, tmp_path)
    yield started
    started.stop()


def test_lines_carry_the_name_of_their_program(programs, capfd):
    programs.start("web", ["sh", "-c", "echo banner; echo hello >&2; echo >&2; exec sleep 60"])
    time.sleep(1)
    assert capfd.readouterr().out == "web    | hello\n"


def test_a_program_that_ends_is_named(programs):
    programs.start("worker", ["sh", "-c", "exit 3"])
    with pytest.raises(Stop, match=r"^worker ended with status 3, so the portal stops"):
        programs.watch()


def test_all_programs_end_together_with_what_they_started(programs, tmp_path):
    programs.start("web", ["sh", "-c", f"sleep 61 & echo $! > {tmp_path}/child; wait"])
    programs.start("worker", ["sleep", "62"])
    time.sleep(0.5)
    programs.stop()
    assert [process.returncode is None for process in programs.started.values()] == [False, False]
    assert not _alive(int((tmp_path / "child").read_text()))


def _alive(number):
    try:
        with open(f"/proc/{number}/stat") as stat:
            return stat.read().split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_a_taken_port_leads_to_the_next(monkeypatch):
    monkeypatch.setattr(ports, "free", lambda port: port >= 8003)
    assert ports.choose(8000) == 8003


def test_no_free_port_is_one_sentence(monkeypatch):
    monkeypatch.setattr(ports, "free", lambda port: False)
    with pytest.raises(Stop, match=r"^No free port from 8000 to 8049: set PORT"):
        ports.choose(8000)


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_a_port_somebody_listens_on_is_taken(address):
    import socket

    with socket.socket() as taken:
        taken.bind((address, 0))
        taken.listen()
        assert ports.free(taken.getsockname()[1]) is False


def test_nobody_answers_on_a_free_port():
    assert ports.wait_for("http://127.0.0.1:1/healthz", 0.3, lambda: None) is False


def test_a_lock_is_held_by_one(tmp_path):
    with locks.held(tmp_path / "lock"):
        assert locks.take(tmp_path / "lock", wait=False) is None
        assert locks.free(tmp_path / "lock") is False
    assert locks.free(tmp_path / "lock") is True


def test_a_shared_lock_is_held_by_many_and_keeps_others_out(tmp_path):
    with locks.held(tmp_path / "lock", shared=True), locks.held(tmp_path / "lock", shared=True):
        assert (locks.free(tmp_path / "lock"), locks.free(tmp_path / "lock", shared=True)) == (False, True)


def test_waiting_for_a_lock_ends_with_a_sentence(tmp_path):
    with locks.held(tmp_path / "lock"), pytest.raises(Stop, match=r"^It takes too long$"):
        locks.wait_until_free(tmp_path / "lock", 0.2, "It takes too long")


def test_the_launcher_needs_the_standard_library_only():
    import ast
    from pathlib import Path

    root = Path(__file__).resolve().parents[2]
    imported = set()
    for path in [root / "run.py", *root.glob("launcher/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add(node.module.split(".")[0])
    assert imported - set(sys.stdlib_module_names) == {"launcher"}

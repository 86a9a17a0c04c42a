"""run.py itself, before the launcher: it must say what is missing."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("portal_run", ROOT / "run.py")
run = importlib.util.module_from_spec(spec)
spec.loader.exec_module(run)


def said(capsys, call):
    with pytest.raises(SystemExit) as end:
        call()
    assert end.value.code == 1
    return capsys.readouterr().err


def test_this_python_will_do():
    assert run.choose() == sys.executable


def test_an_old_python_alone_is_one_sentence(monkeypatch, capsys):
    monkeypatch.setattr(run, "probe", lambda python: ((3, 9), "") if python == sys.executable else None)
    text = said(capsys, run.choose)
    assert text.startswith("The portal needs Python 3.11 to 3.14, and this is Python ")
    assert text.count("\n") == 1


def test_a_newer_python_on_the_path_is_found(monkeypatch):
    monkeypatch.setattr(run, "probe", lambda python: {"python3.12": ((3, 12), ""), sys.executable: ((3, 9), "")}.get(python))
    assert run.choose() == "python3.12"


def test_a_python_that_is_too_new_is_passed_over(monkeypatch):
    monkeypatch.setattr(run, "probe", lambda python: {"python3.13": ((3, 13), ""), sys.executable: ((3, 15), "")}.get(python))
    assert run.choose() == "python3.13"


def test_a_python_without_venv_names_the_package(monkeypatch, capsys):
    monkeypatch.setattr(run, "probe", lambda python: ((3, 11), "ensurepip"))
    text = said(capsys, run.choose)
    assert "python3.11 is here but cannot make an environment (no module ensurepip)" in text
    assert "sudo apt install python3.11-venv" in text


@pytest.mark.parametrize(
    ("name", "platform", "words"),
    [
        ("nt", "win32", "open a WSL terminal"),
        ("posix", "freebsd14", "runs on Linux, macOS and WSL only"),
        ("posix", "sunos5", "this is sunos5"),
    ],
)
def test_other_systems_are_one_sentence(monkeypatch, name, platform, words):
    monkeypatch.setattr(run.os, "name", name)
    monkeypatch.setattr(run.sys, "platform", platform)
    sentence = run.unsupported_system()
    monkeypatch.undo()
    assert words in sentence


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_linux_and_macos_are_supported(monkeypatch, platform):
    monkeypatch.setattr(run.sys, "platform", platform)
    assert run.unsupported_system() is None


def test_on_macos_the_hint_is_brew(monkeypatch, capsys):
    monkeypatch.setattr(run, "probe", lambda python: None)
    monkeypatch.setattr(run.sys, "platform", "darwin")
    assert "brew install python@3.13" in said(capsys, run.choose)


def test_an_interpreter_that_does_not_start_is_passed_over(tmp_path):
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nexit 127\n")
    broken.chmod(0o755)
    assert run.probe(str(broken)) is None
    assert run.probe(str(tmp_path / "nothing")) is None


def test_help_lists_the_commands():
    done = subprocess.run([sys.executable, ROOT / "run.py", "help"], capture_output=True, text=True)
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")] == [
        "run", "stop", "reset", "test", "manage", "where", "help",
    ]  # fmt: skip


def test_an_unknown_command_shows_help():
    done = subprocess.run([sys.executable, ROOT / "run.py", "rnu"], capture_output=True, text=True)
    assert (done.returncode, done.stdout.startswith("python3 run.py [command]")) == (2, True)


def test_very_old_pythons_understand_the_file():
    import ast

    ast.parse((ROOT / "run.py").read_text(), feature_version=(3, 4))
    assert '"""' in (ROOT / "run.py").read_text()
    assert "f'" not in (ROOT / "run.py").read_text()

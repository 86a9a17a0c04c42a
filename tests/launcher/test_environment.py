import json

import pytest

from launcher import environment
from launcher.errors import Stop


@pytest.fixture
def installs(place, monkeypatch):
    """Makes the environment without a network; returns what was installed so far."""
    done = []

    def create(folders):
        folders.python.parent.mkdir(parents=True)
        folders.python.touch()

    monkeypatch.setattr(environment, "raise_if_full", lambda folder, megabytes: None)
    monkeypatch.setattr(environment, "create", create)
    monkeypatch.setattr(environment, "install", lambda folders, name: done.append(name))
    return done


def test_a_second_start_installs_nothing(place, installs):
    environment.ensure(place)
    environment.ensure(place)
    assert installs == ["requirements.txt"]


def test_changed_requirements_are_installed(place, installs):
    environment.ensure(place)
    (place.project / "requirements.txt").write_text("Django==5.2.20\n")
    environment.ensure(place)
    assert installs == ["requirements.txt", "requirements.txt"]


def test_what_tests_need_holds_what_running_needs(place, installs):
    environment.ensure(place, "requirements-dev.txt")
    environment.ensure(place)
    assert installs == ["requirements-dev.txt"]


def test_a_change_of_the_included_file_counts_for_tests_too(place, installs):
    environment.ensure(place, "requirements-dev.txt")
    (place.project / "requirements.txt").write_text("Django==5.2.20\n")
    environment.ensure(place, "requirements-dev.txt")
    assert installs == ["requirements-dev.txt"] * 2


@pytest.mark.parametrize("text", ["", "no json", json.dumps({"requirements.txt": "old"})])
def test_a_damaged_note_means_installing_again(place, installs, text):
    environment.ensure(place)
    (place.venv / environment.STAMP).write_text(text)
    environment.ensure(place)
    assert installs == ["requirements.txt", "requirements.txt"]


def test_an_interrupted_installation_leaves_no_note(place, installs, monkeypatch):
    def interrupt(folders, name):
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "install", interrupt)
    with pytest.raises(KeyboardInterrupt):
        environment.ensure(place)
    assert environment.installed(place) == {}


def test_without_uv_pip_installs(place, monkeypatch):
    called = []

    def relay(argv, quiet=False):
        called.append([str(part) for part in argv])
        return (1 if argv[-1] == "uv" else 0), []

    monkeypatch.setattr(environment, "relay", relay)
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    environment.install(place, "requirements.txt")
    assert called[-1][1:4] == ["-m", "pip", "install"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("ERROR: [Errno 28] No space left on device", "X: the disk is full; make room"),
        ("error: Failed to fetch: `https://index.example/simple/django/`", "X: the package index cannot be reached"),
        ("ERROR: No matching distribution found for Django==5.2.19", "X: the package index cannot be reached"),
        ("error: something else", "X: error: something else"),
    ],
)
def test_a_failure_is_explained_in_one_sentence(line, sentence):
    assert environment.explain(["Collecting Django", line, ""], "X").startswith(sentence)


def test_both_failing_is_one_sentence(place, monkeypatch):
    monkeypatch.setattr(environment, "relay", lambda argv, quiet=False: (1, ["Temporary failure in name resolution"]))
    with pytest.raises(Stop, match=r"^The requirements could not be installed: the package index cannot be reached"):
        environment.install(place, "requirements.txt")


def test_lines_are_shown_as_they_come(capfd):
    status, lines = environment.relay(["sh", "-c", "echo one; echo two >&2; exit 3"])
    assert (status, sorted(lines)) == (3, ["one", "two"])
    assert "  one\n" in capfd.readouterr().out

from pathlib import Path

import pytest

from launcher.cluster import Cluster
from launcher.folders import Folders


@pytest.fixture
def place(tmp_path):
    """The folders of a checkout nobody has started yet."""
    for name in ("project", "home/data"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "project" / "requirements.txt").write_text("Django==5.2.19\n")
    (tmp_path / "project" / "requirements-dev.txt").write_text("-r requirements.txt\npytest\n")
    return Folders(tmp_path / "project", tmp_path / "home" / "venv", tmp_path / "home" / "data")


@pytest.fixture
def cluster(tmp_path):
    """A cluster that does not exist yet, with programs that do nothing."""
    return Cluster(tmp_path / "postgres", Path("/nonexistent/pginstall18/bin"))

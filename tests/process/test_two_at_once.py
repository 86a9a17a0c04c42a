"""Commands that two people, or two containers, start in the same second: one does the work, the other finds it done."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from projects.models import Project
from taxonomy.models import Theme
from tests.support import databases

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]

ROWS = "source_key,title,kind,phase,lead_name,country\n" + "".join(f"{n},Lamps {n},pilot,idea,Lamp Works {n},DK\n" for n in range(30))


def both(*command):
    """Run a command twice at once on the database of this test; the exit statuses and the last lines."""
    url = databases.url(connection.settings_dict["NAME"])
    environ = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    argv = [sys.executable, "manage.py", *command]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    running = [subprocess.Popen(argv, cwd=settings.BASE_DIR, env=environ, **pipes) for _ in range(2)]
    said = [(one.communicate(timeout=180), one.returncode) for one in running]
    return [status for _outputs, status in said], sorted(out.strip().splitlines()[-1] for (out, _err), _status in said if out.strip())


def test_reference_data():
    Theme.objects.all().delete()
    statuses, _lines = both("load_reference")
    assert (statuses, Theme.objects.count()) == ([0, 0], 14)


def test_demo_content():
    statuses, lines = both("seed_demo")
    assert (statuses, Project.objects.count()) == ([0, 0], 62)
    assert ["created=0" in line for line in lines].count(True) == 1


def test_an_import(tmp_path):
    path = tmp_path / "lamps.csv"
    path.write_text(ROWS)
    statuses, lines = both("import_projects", str(path))
    assert (statuses, Project.objects.count()) == ([0, 0], 30)
    assert lines == [
        "rows=30 created=0 updated=0 unchanged=30 refused=0",
        "rows=30 created=30 updated=0 unchanged=0 refused=0",
    ]

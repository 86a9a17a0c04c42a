"""The Nu HTML checker finds no error in any type of page. $VNU_JAR names its file (npm package `vnu-jar`); it needs Java."""

import os
import shutil
import subprocess
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.browser.test_pages import PAGES
from tests.support import missing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MORE = {"style guide": "/styleguide/", "mails of development": "/dev/mail/"}


@pytest.fixture(scope="session")
def html_checker():
    """The command of the Nu HTML checker."""
    jar, java = os.environ.get("VNU_JAR", ""), shutil.which("java")
    if java and jar and Path(jar).is_file():
        return [java, "-jar", jar, "--errors-only", "--format", "gnu"]
    return missing.leave_out("the Nu HTML checker")


def page_of(address):
    try:
        with urlopen(address) as response:  # the portal under test
            return response.read()
    except HTTPError as error:
        return error.read()


@pytest.mark.parametrize("language", ["en", "da", "sv"])
def test_pages_are_valid_html(html_checker, demo_site, tmp_path, language):
    paths = {name: f"/{language}/{path}" for name, path in PAGES.items()} | MORE
    for name, path in paths.items():
        (tmp_path / f"{name}.html").write_bytes(page_of(demo_site + path))
    checked = subprocess.run([*html_checker, *tmp_path.glob("*.html")], capture_output=True, text=True, check=False)
    assert [line.rpartition("/")[2] for line in checked.stderr.splitlines()] == []

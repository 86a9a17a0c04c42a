"""The Nu HTML checker on every type of page, in two languages; exit status 1 when it finds an error.

    npm install --prefix /tmp/vnu vnu-jar
    VNU_JAR=/tmp/vnu/node_modules/vnu-jar/build/dist/vnu.jar python -m benchmarks.html http://localhost:8000

Needs Java 11 or later and a running portal with the demo content (`make run`). Nothing leaves the machine.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

PATIENCE = 300  # seconds for the checker
LANGUAGES = ("en", "da")
PAGES = {
    "home": "",
    "catalogue": "projects/",
    "catalogue-filtered": "projects/?theme=energy&phase=operation",
    "catalogue-empty": "projects/?q=zebraflod&theme=air",
    "map": "projects/map/",
    "map-municipality": "projects/map/?municipality=koge",
    "project": "projects/varme-fra-koledisken-til-86-raekkehuse/",
    "project-idea": "projects/could-the-summer-houses-do-without-street-light/",
    "project-stopped": "projects/tekstilposer-ved-doren-et-halvt-ar-for-laenge/",
    "organisations": "organisations/",
    "organisation": "organisations/helsingborgs-stad/",
    "themes": "themes/",
    "theme": "themes/energy/",
    "municipalities": "municipalities/",
    "municipality": "municipalities/koge/",
    "news": "guides/",
    "article": "guides/measure-before/",
    "standard": "how-it-works/",
    "search": "search/?q=varme",
    "search-empty": "search/?q=zebraflod",
    "sign-in": "accounts/login/",
    "sign-up": "accounts/signup/",
    "reset": "accounts/password/reset/",
    "missing": "nothing-here/",
}


def read(url):
    """The page, also of an error."""
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        return error.read()


def main():
    """Fetch the pages into a folder and have it checked as a whole: one start of Java."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", help="address of the running portal")
    base = parser.parse_args().base.rstrip("/")
    with tempfile.TemporaryDirectory() as folder:
        for language in LANGUAGES:
            for name, path in PAGES.items():
                Path(folder, f"{name}.{language}.html").write_bytes(read(f"{base}/{language}/{path}"))
        command = ["java", "-jar", os.environ["VNU_JAR"], "--errors-only", "--format", "gnu", folder]
        status = subprocess.run(command, timeout=PATIENCE).returncode
    print(f"{len(PAGES) * len(LANGUAGES)} pages, {'errors above' if status else 'no errors'}")
    sys.exit(status)


if __name__ == "__main__":
    main()

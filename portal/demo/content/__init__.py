"""Reading the demo content: TOML files, Swedish numbers with a space that does not break."""

import re
import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
NBSP = "\N{NO-BREAK SPACE}"
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


def tidy(text, language):
    """Text without blank lines at its ends; in Swedish the thousands of a number stay together."""
    text = text.strip()
    return _THOUSANDS.sub(NBSP, text) if language == "sv" else text


@cache
def read(name):
    """The table of one file of the content folder, such as "pages/home.toml"."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def read_all(folder, table):
    """Rows `table` of every file of a folder, in the order of the files' names."""
    paths = sorted((FOLDER / folder).glob("*.toml"))
    return [row for path in paths for row in read(f"{folder}/{path.name}").get(table, [])]

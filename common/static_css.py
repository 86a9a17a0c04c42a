"""One stylesheet from many files: joined in one order, made small, its colours computed.

The sources use `light-dark()` and `oklch()`, in tokens.css only. What is served holds plain hex values for each scheme
(common.css_colours), so browsers from before 2024 show the same page.
"""

import re
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath

from django.conf import settings

from common.css_colours import compiled

JOINED = "css/site.css"
ORDER = ("tokens", "base", "layout")  # then components/*.css by name
_URL = re.compile(r"""url\(["']?(?!data:|#|/|https?:)([^"')]+)["']?\)""")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND = re.compile(r"\s*([{};,])\s*")
_AFTER_COLON = re.compile(r":\s+")


def source_root():
    return Path(settings.BASE_DIR) / "static"


def sources():
    """The files of the stylesheet in their order."""
    folder = source_root() / "css"
    return [*(folder / f"{name}.css" for name in ORDER), *sorted((folder / "components").glob("*.css"))]


def _moved_urls(css, path):
    """Addresses relative to the source file → relative to the joined file, so that hashed names still find them."""
    here = PurePosixPath(path.relative_to(source_root()).as_posix()).parent
    target = PurePosixPath(JOINED).parent

    def moved(match):
        return f'url("{relpath(normpath(here / match.group(1)), target)}")'

    return _URL.sub(moved, css)


def small(css):
    """CSS without comments and needless white space. Blanks inside values and selectors stay: they carry meaning."""
    css = _AROUND.sub(r"\1", _COMMENT.sub("", css))
    css = _AFTER_COLON.sub(":", re.sub(r"\s+", " ", css))
    return css.replace(";}", "}").strip()


def joined():
    """The whole stylesheet as text."""
    parts = []
    for path in sources():
        css = _moved_urls(path.read_text(), path)
        parts.append(compiled(small(css)) if path.stem == "tokens" else small(css))
    return "\n".join(parts) + "\n"


def tokens():
    """The tokens' source, small, for computing other colours from it."""
    return small((source_root() / "css" / "tokens.css").read_text())

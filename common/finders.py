"""Where static files are found: the joined stylesheet beside what stands in static/."""

import os
import tempfile
from functools import cache
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from common.static_css import JOINED, joined, sources


@cache
def _folder():
    """A folder of this process, gone with it: two processes never write the same file."""
    return tempfile.TemporaryDirectory(prefix="portal-css-")


class JoinedStylesheetFinder(BaseFinder):
    """Serves and collects `css/site.css`, written anew whenever one of its sources changed."""

    made_of = None

    def _written(self):
        state = tuple((str(path), path.stat().st_mtime_ns) for path in sources())
        target = Path(_folder().name) / JOINED
        if state != JoinedStylesheetFinder.made_of or not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_suffix(f".{os.getpid()}")
            draft.write_text(joined(), encoding="utf-8")
            draft.replace(target)
            JoinedStylesheetFinder.made_of = state
        return target

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        if path.replace(os.sep, "/") != JOINED:
            return []
        found = str(self._written())
        return [found] if find_all else found

    def list(self, ignore_patterns):
        self._written()
        yield JOINED, FileSystemStorage(location=_folder().name)

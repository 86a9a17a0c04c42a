"""What this machine lacks: the tests that need it are left out, counted, and named in the report's last line."""

import collections

import pytest

PREFIX = "This machine lacks "
left_out = collections.Counter()


def leave_out(what):
    """Leaves out the test in hand because the machine has no `what` (Chromium, Redis, …). The only place that does."""
    pytest.skip(PREFIX + what)  # never in silence: `last_line` names it


def count(report):
    """Notes a test that was left out. With xdist this runs where the report is printed."""
    if report.skipped and isinstance(report.longrepr, tuple) and PREFIX in report.longrepr[2]:
        left_out[report.longrepr[2].split(PREFIX, 1)[1]] += 1


def last_line():
    """Returns the line that names what was not run, or an empty string."""
    parts = [f"{what} ({count} {'test' if count == 1 else 'tests'})" for what, count in sorted(left_out.items())]
    return f"Not run, because this machine lacks: {', '.join(parts)}." if parts else ""

"""What the long cases print is kept beside the benchmarks' figures."""

from pathlib import Path

from django.utils import timezone

RESULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "results"


def keep(name, text):
    """Add `text`, with the moment, to `benchmarks/results/<name>.txt`."""
    with open(RESULTS / f"{name}.txt", "a") as file:
        file.write(f"{timezone.now():%Y-%m-%d %H:%M} UTC\n{text}\n\n")

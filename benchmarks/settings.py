"""Production settings with the bare views beside the portal and a middleware that tells what an answer cost."""

from portal.settings.production import *  # noqa: F403
from portal.settings.production import BASE_DIR, MIDDLEWARE, TEMPLATES

ROOT_URLCONF = "benchmarks.urls"
MIDDLEWARE = ["benchmarks.measure.Measure", *MIDDLEWARE]
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], BASE_DIR / "benchmarks" / "templates"]
LOGGING_CONFIG = None

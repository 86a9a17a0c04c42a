"""Log lines: one JSON object each in production, plain text in development; both know the request they belong to."""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

request_id = ContextVar("request_id", default="")
EXTRAS = ("status", "milliseconds")


class RequestIdFilter(logging.Filter):
    """Adds the id of the request in hand to each record."""

    def filter(self, record):
        record.request_id = request_id.get()
        return True


class JsonFormatter(logging.Formatter):
    """Writes one JSON object a record: time (UTC, ISO 8601), level, logger, message, request and what else is known."""

    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "request": getattr(record, "request_id", ""),
        }
        line |= {name: getattr(record, name) for name in EXTRAS if hasattr(record, name)}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps({name: value for name, value in line.items() if value != ""}, ensure_ascii=False, default=str)


def config(*, as_json, level="INFO"):
    """Returns Django's LOGGING setting. `as_json` also logs one line for each request."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request": {"()": "portal.logging.RequestIdFilter"}},
        "formatters": {
            "json": {"()": "portal.logging.JsonFormatter"},
            "plain": {"format": "{levelname} {name}: {message}", "style": "{"},
        },
        "handlers": {
            "stream": {
                "class": "logging.StreamHandler",
                "filters": ["request"],
                "formatter": "json" if as_json else "plain",
            }
        },
        "root": {"handlers": ["stream"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": ["stream"], "level": "INFO", "propagate": False},
            "django_tasks": {"level": "WARNING"},
            "wagtail": {"level": level if as_json else "WARNING"},
            "portal.request": {"level": "INFO" if as_json else "WARNING"},
        },
    }

"""Chromium through Playwright, with the machine's own browser and without a call home."""

import os
import shutil
from urllib.parse import urlsplit

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find():
    """Returns the browser's path: $CHROMIUM, then the usual names on the PATH; None without one."""
    given = os.environ.get("CHROMIUM")
    return shutil.which(given) if given else next(filter(None, map(shutil.which, NAMES)), None)


class Watch:
    """Notes what a page must not do: ask other sites for something, break the policy, fail in a script."""

    def __init__(self, context):
        self.outside, self.errors = [], []
        context.on("request", self.see_request)
        context.on("console", self.see_message)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def see_request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in ("localhost", "127.0.0.1"):
            self.outside.append(request.url)

    def see_message(self, message):
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(message.text)

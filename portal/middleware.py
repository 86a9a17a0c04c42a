"""What is true of every request: it has an id, machines' questions need no host, and a database may be away."""

import logging
import re
import time
import uuid

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request, override

from common.csp import CMS_PREFIX
from portal.health import ANSWERS
from portal.logging import request_id

log = logging.getLogger("portal.request")
GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
#: PostgreSQL's codes for a server that is going down, starting up or out of connections, and for a lost connection.
AWAY_CODES = re.compile(r"57P0[1-5]|53300|08...")
RETRY_SECONDS = 5


class RequestIdMiddleware:
    """Gives each request an id (the proxy's when it sends one), returns it and logs one line for the request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        request.id = given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(request.id)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = request.id
            if request.method == "HEAD":
                empty(response)
            log.info("%s %s", request.method, request.path, extra=facts(response, started))
        finally:
            request_id.reset(token)
        return response


def empty(response):
    """Take the body from an answer to HEAD: files and exports need not be read, and the server does not complain of it."""
    if response.streaming:
        response.streaming_content = ()
    else:
        response.content = b""


def facts(response, started):
    """Returns what the log keeps of an answer: no address and no name of a person."""
    return {"status": response.status_code, "milliseconds": round((time.perf_counter() - started) * 1000, 1)}


class HealthMiddleware:
    """Answers machines' questions before hosts are checked and HTTPS is asked for: they come from inside."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = ANSWERS.get(request.path_info)
        return answer(request) if answer else self.get_response(request)


class UnreadableMiddleware:
    """Answers 400 to a NUL in the path, in a cookie, or in a question to the administration.

    No browser sends one, and neither Django's sessions nor Wagtail's lists expect it: the database would refuse the statement.
    Parameters of public pages are cleaned where they are read, so that the rest of a question is still answered.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if is_unreadable(request):
            raise BadRequest("NUL")
        return self.get_response(request)


def is_unreadable(request):
    """Tells whether a NUL stands where only text is expected."""
    asked = request.META.get("QUERY_STRING", "") if request.path_info.startswith(CMS_PREFIX) else ""
    return "\x00" in request.path_info or "%00" in asked or any("\x00" in value for value in request.COOKIES.values())


class DatabaseAwayMiddleware:
    """Answers 503 with Retry-After instead of an error page while the database is away."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return unavailable() if is_away(exception) else None


def is_away(exception):
    """Tells whether an exception means that the database cannot be reached, not that a statement was wrong."""
    if isinstance(exception, InterfaceError):
        return "connection" in str(exception)
    if not isinstance(exception, OperationalError):
        return False
    code = getattr(exception.__cause__, "pgcode", None)
    return code is None or bool(AWAY_CODES.fullmatch(code))


def unavailable():
    """Returns the page that asks to come back; it needs neither database nor session."""
    headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


class BodyLimitMiddleware:
    """Answers 413 to more than the portal takes, by what the request says of itself: nothing of it is read.

    The proxy refuses it first; this is for a portal without one. A request that does not say how long it is has no body for Django.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        if length.isdecimal() and int(length[:18]) > settings.MOST_BODY_BYTES:
            with override(get_language_from_request(request, check_path=True)):
                return HttpResponse(render_to_string("413.html"), status=413, headers={"Connection": "close", "Cache-Control": "no-store"})
        return self.get_response(request)

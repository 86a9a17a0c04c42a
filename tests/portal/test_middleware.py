import json
import logging

import psycopg2
import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse

from portal.logging import JsonFormatter, RequestIdFilter, request_id
from portal.middleware import DatabaseAwayMiddleware, RequestIdMiddleware, is_away


def failing(message, code=None):
    """An OperationalError of Django as psycopg2 causes it."""
    cause = psycopg2.OperationalError(message)
    if code:
        cause = type("Coded", (psycopg2.OperationalError,), {"pgcode": code})(message)
    error = OperationalError(message)
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (failing("could not connect to server"), True),
        (failing("terminating connection due to administrator command", "57P01"), True),
        (failing("the database system is starting up", "57P03"), True),
        (failing("too many connections", "53300"), True),
        (failing("deadlock detected", "40P01"), False),
        (failing("canceling statement due to timeout", "57014"), False),
        (InterfaceError("connection already closed"), True),
        (InterfaceError("cursor already closed"), False),
        (ValueError("connection"), False),
    ],
)
def test_only_a_lost_database_counts_as_away(error, away):
    assert is_away(error) is away


def test_a_view_without_database_answers_503(rf):
    middleware = DatabaseAwayMiddleware(lambda request: HttpResponse("ok"))
    response = middleware.process_exception(rf.get("/"), failing("could not connect"))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert "Traceback" not in response.content.decode()


def test_other_errors_of_a_view_go_on(rf):
    middleware = DatabaseAwayMiddleware(lambda request: HttpResponse("ok"))
    assert middleware.process_exception(rf.get("/"), ValueError("no")) is None


@pytest.mark.parametrize(("given", "kept"), [("abcdef-123456", True), ("short", False), ("a b\ncdefgh", False), ("x" * 65, False)])
def test_the_proxys_request_id_is_kept_when_it_is_harmless(rf, given, kept):
    middleware = RequestIdMiddleware(lambda request: HttpResponse(request_id.get()))
    response = middleware(rf.get("/", headers={"X-Request-ID": given}))
    answered = response.headers["X-Request-ID"]
    assert response.content.decode() == answered
    assert (answered == given) is kept


def test_each_request_is_one_log_line_with_its_id(rf, caplog):
    caplog.set_level(logging.INFO, "portal.request")
    RequestIdMiddleware(lambda request: HttpResponse("ok"))(rf.get("/en/projects/"))
    record = caplog.records[-1]
    assert (record.getMessage(), record.status) == ("GET /en/projects/", 200)


def test_a_json_line_knows_its_request():
    record = logging.LogRecord("portal", logging.WARNING, __file__, 1, "Køge %s", ("svarer",), None)
    token = request_id.set("abc12345")
    RequestIdFilter().filter(record)
    line = json.loads(JsonFormatter().format(record))
    request_id.reset(token)
    assert (line["message"], line["request"], line["level"]) == ("Køge svarer", "abc12345", "warning")


def test_a_json_line_holds_the_trace_in_itself():
    try:
        raise ValueError("two\nlines")
    except ValueError as error:
        record = logging.LogRecord("portal", logging.ERROR, __file__, 1, "failed", (), (ValueError, error, error.__traceback__))
    text = JsonFormatter().format(record)
    assert text.count("\n") == 0
    assert json.loads(text)["trace"].endswith("ValueError: two\nlines")


@pytest.mark.django_db
def test_a_middleware_that_meets_no_database_answers_503(client, monkeypatch):
    def refuse(self, request):
        raise failing("could not connect")

    client.raise_request_exception = False
    monkeypatch.setattr("django.contrib.sessions.middleware.SessionMiddleware.process_request", refuse)
    response = client.get("/en/")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")

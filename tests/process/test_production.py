"""The production portal as it is shipped: gunicorn behind nginx, with faults of database, cache and clients."""

import http.client
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import databases, missing
from tests.support.servers import free_port, running, wait_for_port

pytestmark = pytest.mark.process
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def database(reference_template, worker):
    name = databases.name(f"{worker}_production")
    databases.clone(reference_template, name)
    yield name
    with databases.server() as cursor:
        databases.drop(cursor, name)


@pytest.fixture(scope="module")
def environ(database, tmp_path_factory):
    """Production's variables; Redis is away."""
    folder = tmp_path_factory.mktemp("production")
    (folder / "media" / "images").mkdir(parents=True)
    (folder / "media" / "images" / "town.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")
    (folder / "media" / "secret.pdf").write_text("secret")
    return {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}:/usr/sbin",
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "DATABASE_URL": databases.url(database),
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "localhost",
        "SITE_URL": "http://localhost",
        "EMAIL_URL": "smtp://localhost:25",
        "ALLAUTH_TRUSTED_PROXY_COUNT": "1",
        "REDIS_URL": f"redis://127.0.0.1:{free_port()}/0",
        "DATA_DIR": str(folder),
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
        "WEB_CONCURRENCY": "2",
        "BIND": "127.0.0.1",
        "PORT": str(free_port()),
    }


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("log") / "gunicorn.log"


@pytest.fixture(scope="module")
def server(environ, log):
    """gunicorn with collected static files; returns its port."""
    subprocess.run(
        [ROOT / "deploy" / "build-static", sys.executable, environ["STATIC_ROOT"]],
        env=environ,
        check=True,
        capture_output=True,
    )
    argv = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "portal.wsgi"]
    with open(log, "w") as out, running(argv, env=environ, cwd=ROOT, stdout=out, stderr=out) as process:
        wait_for_port(int(environ["PORT"]), 60, process)
        yield int(environ["PORT"])


@pytest.fixture(scope="module")
def proxy(environ, server):
    """nginx with the shipped configuration before it; returns its port."""
    if not shutil.which("nginx", path=environ["PATH"]):
        missing.leave_out("nginx")
    port = free_port()
    given = {"PORTAL_LISTEN": f"127.0.0.1:{port}", "PORTAL_UPSTREAM": f"127.0.0.1:{server}", "PORTAL_SCHEME": "http"}
    argv = [ROOT / "deploy" / "nginx" / "by-hand", f"{environ['DATA_DIR']}/nginx"]
    with running(argv, env={**environ, **given, "PORTAL_MEDIA": environ["MEDIA_ROOT"]}):
        wait_for_port(port)
        yield port


def get(port, path, **headers):
    """Returns (status, headers, body) of a GET."""
    link = http.client.HTTPConnection("localhost", port, timeout=30)
    link.request("GET", path, headers={"Accept-Encoding": "identity", **headers})
    answer = link.getresponse()
    body = answer.read().decode(errors="replace")
    link.close()
    return answer.status, dict(answer.getheaders()), body


def test_a_page_comes_through_the_proxy_with_its_static_files(proxy):
    status, headers, body = get(proxy, "/en/")
    sheet = body.split('rel="stylesheet" href="')[1].split('"')[0]
    assert (status, headers["X-Content-Type-Options"]) == (200, "nosniff")
    status, headers, _body = get(proxy, sheet)
    assert (status, "immutable" in headers["Cache-Control"]) == (200, True)


def test_the_answer_and_the_log_carry_one_request_id(proxy, log):
    headers = get(proxy, "/da/")[1]
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    seen = [(line["message"], line["status"]) for line in lines if line.get("request") == headers["X-Request-ID"] and "status" in line]
    assert seen == [("GET /da/", 200)]


def test_without_redis_pages_come_and_readyz_says_degraded(proxy):
    status, _headers, body = get(proxy, "/readyz")
    assert (status, json.loads(body)["status"]) == (200, "degraded")
    assert [get(proxy, path)[0] for path in ("/en/", "/en/accounts/login/")] == [200, 200]


def test_a_foreign_host_is_refused(proxy):
    assert get(proxy, "/en/", Host="evil.example")[0] == 400
    assert get(proxy, "/healthz", Host="evil.example")[0] == 200


def test_pictures_are_served_inert_and_other_media_not_at_all(proxy):
    status, headers, _body = get(proxy, "/media/images/town.svg")
    assert (status, headers["X-Content-Type-Options"]) == (200, "nosniff")
    assert "sandbox" in headers["Content-Security-Policy"]
    assert [get(proxy, path)[0] for path in ("/media/secret.pdf", "/media/images/../secret.pdf")] == [404, 404]


def test_metrics_are_for_the_inside(proxy, server):
    assert (get(proxy, "/metrics")[0], get(server, "/metrics")[0]) == (404, 200)


@pytest.mark.parametrize(("length", "status"), [(10_000, 200), (1_000_000, 414)])
def test_a_long_query_is_answered_or_refused(proxy, length, status):
    assert get(proxy, "/en/?q=" + "a" * length)[0] == status


def test_ten_gigabytes_are_refused_before_they_are_read(proxy):
    begun = time.monotonic()
    with socket.create_connection(("localhost", proxy)) as link:
        link.sendall(b"POST /en/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10737418240\r\n\r\n")
        assert link.recv(1024).split()[1] == b"413"
    assert time.monotonic() - begun < 2


def test_a_forged_address_does_not_reach_the_portal(proxy):
    assert get(proxy, "/en/", **{"X-Forwarded-Host": "evil.example", "X-Forwarded-For": "1.2.3.4"})[0] == 200
    assert "evil.example" not in get(proxy, "/en/", **{"X-Forwarded-Host": "evil.example"})[2]


def test_while_the_database_is_away_every_answer_is_503_and_then_all_is_well(proxy, database):
    with databases.server() as cursor:
        cursor.execute(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS false')
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database])
        answers = [get(proxy, path) for path in ("/en/", "/readyz", "/en/projects/", "/healthz")]
        cursor.execute(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS true')
    assert [status for status, _headers, _body in answers] == [503, 503, 503, 200]
    assert all(headers["Retry-After"] == "5" for status, headers, _body in answers if status == 503)
    assert not any("Traceback" in body for _status, _headers, body in answers)
    assert get(proxy, "/en/")[0] == 200


def test_two_containers_prepare_one_after_the_other(environ):
    argv = [sys.executable, "manage.py", "prepare", "--wait", "5"]
    both = [subprocess.Popen(argv, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=120)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert all("created=0 updated=0" in text for text in said)


def test_a_database_that_never_comes_is_one_sentence(environ):
    argv = [sys.executable, "manage.py", "prepare", "--wait", "1"]
    away = {**environ, "DATABASE_URL": f"postgres://portal@127.0.0.1:{free_port()}/portal"}
    done = subprocess.run(argv, cwd=ROOT, env=away, capture_output=True, text=True)
    assert (done.returncode, done.stderr.split(":")[:2]) == (1, ["CommandError", " The database cannot be reached"])

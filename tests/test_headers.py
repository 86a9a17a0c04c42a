"""The headers of each kind of answer (TC-25)."""

import io
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.urls import path, reverse
from django.utils import timezone

from common.csp import PERMISSIONS
from portal.middleware import RequestIdMiddleware
from portal.models import PersonalFile
from portal.urls import handler400, handler403, handler404, handler500  # noqa: F401 - this module is the URLconf of a test
from portal.urls import urlpatterns as portal_urls
from records.actions import add_attachment
from tests.factories import ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db


def broken(request):
    raise RuntimeError("a fault of ours")


urlpatterns = [path("broken/", broken), *portal_urls]

STRICT = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "connect-src 'self'",
    "media-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'self'",
}  # fmt: skip
EVERY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}

#: kind of answer: address, status, type
KINDS = {
    "home": ("/en/", 200, "text/html; charset=utf-8"),
    "list": ("/en/projects/", 200, "text/html; charset=utf-8"),
    "map": ("/en/projects/map/", 200, "text/html; charset=utf-8"),
    "project": ("/en/projects/one/", 200, "text/html; charset=utf-8"),
    "account": ("/en/accounts/login/", 200, "text/html; charset=utf-8"),
    "data": ("/en/projects/map/data/", 200, "application/json"),
    "feed": ("/en/projects/feed/", 200, "application/atom+xml; charset=utf-8"),
    "csv": ("/en/projects/export.csv", 200, "text/csv; charset=utf-8"),
    "xlsx": ("/en/projects/export.xlsx", 200, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "geojson": ("/en/projects/export.geojson", 200, "application/geo+json"),
    "sitemap": ("/sitemap.xml", 200, "application/xml"),
    "colours": ("/theme.css", 200, "text/css; charset=utf-8"),
    "mail": ("/dev/mail/", 200, "text/html; charset=utf-8"),
    "redirect": ("/projects/", 302, "text/html; charset=utf-8"),
    "administration's sign-in": ("/cms/login/", 302, "text/html; charset=utf-8"),
    "not found": ("/en/nowhere/", 404, "text/html; charset=utf-8"),
    "not readable": ("/en/projects/%00/", 400, "text/html; charset=utf-8"),
    "not allowed": ("/en/projects/one/publish/", 405, "text/html; charset=utf-8"),
    "our fault": ("/broken/", 500, "text/html; charset=utf-8"),
}


def policy(response):
    return {one.strip() for one in response.headers["Content-Security-Policy"].split(";")}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.urls("tests.test_headers")
def test_headers_by_kind(client, kind):
    address, status, content_type = KINDS[kind]
    client.raise_request_exception = False
    ProjectFactory(slug="one")
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (status, content_type)

    assert {name: response.headers.get(name) for name in EVERY} == EVERY
    assert policy(response) == STRICT or address.startswith("/cms/")


def test_a_foreign_host_is_told_with_the_same_headers(client):
    response = client.get("/en/", HTTP_HOST="evil.example")
    assert (response.status_code, policy(response)) == (400, STRICT)
    assert {name: response.headers.get(name) for name in EVERY} == EVERY


def test_pages_of_the_administration_are_framed_by_nobody_else(client, moderator):
    moderator.is_superuser = True
    moderator.save()
    client.force_login(moderator)
    response = client.get("/cms/")
    assert {name: response.headers.get(name) for name in EVERY} == EVERY
    assert {"default-src 'self'", "frame-ancestors 'self'", "form-action 'self'"} <= policy(response)


def test_a_members_file_runs_nothing(client, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    file = add_attachment(ProjectFactory(), ContentFile(b"%PDF-1.7 x", name="plan.pdf"), by=None)
    response = client.get(file.get_absolute_url())
    assert policy(response) == {"default-src 'none'", "style-src 'unsafe-inline'", "sandbox"}
    assert response.headers["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert {name: response.headers.get(name) for name in EVERY} == EVERY
    assert response.headers["Cache-Control"] == "private, max-age=300"


def test_exports_are_saved_and_not_shown(client):
    for name in ("export_csv", "export_xlsx", "export_geojson"):
        assert client.get(reverse(f"projects:{name}")).headers["Content-Disposition"].startswith('attachment; filename="projects-')


PERSONAL = ("", "desk/", "notifications/", "people/me/", "projects/", "projects/new/", "projects/suggest/tags/?q=a", "events/mine/")


@pytest.mark.parametrize("address", PERSONAL)
def test_what_somebody_who_is_signed_in_reads_is_kept_by_nobody_in_between(client, stranger, address):
    as_visitor = client.get(f"/en/{address}").headers.get("Cache-Control", "")
    client.force_login(stranger)
    assert (as_visitor, client.get(f"/en/{address}").headers["Cache-Control"]) == ("", "private, no-cache")


@pytest.mark.parametrize("address", [f"/en/projects/{name}" for name in ("", "export.csv", "feed/", "map/data/")] + ["/en/search/"])
def test_what_depends_on_the_reader_says_so(client, stranger, address):
    """A shared cache before the portal must not give a member's list to others."""
    client.force_login(stranger)
    response = client.get(address)
    assert "Cookie" in response.headers.get("Vary", "")
    assert "public" not in response.headers.get("Cache-Control", "")


@pytest.mark.parametrize("answer", [HttpResponse(b"body"), StreamingHttpResponse([b"bo", b"dy"]), FileResponse(io.BytesIO(b"body"))])
def test_head_is_answered_without_a_body(rf, answer):
    """The test client takes the body away itself, so the answer is looked at as the server gets it."""
    assert RequestIdMiddleware(lambda request: answer)(rf.head("/")).getvalue() == b""


def test_cookies_are_kept_from_scripts_and_other_sites(client, settings):
    client.get("/en/accounts/login/")
    assert client.cookies["csrftoken"]["samesite"] == "Lax"
    assert (settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE) == (True, "Lax")


def test_no_cookie_without_a_reason(client):
    client.get("/en/")
    client.get("/en/projects/?q=lamp")
    assert list(client.cookies) == []


# ---- what is new for members: data for scripts, the copy of what is held on them, the session


@pytest.mark.parametrize("address", ["/en/notifications/count/", "/en/projects/suggest/tags/?q=a"])
def test_answers_for_scripts(client, stranger, address):
    client.force_login(stranger)
    response = client.get(address)
    assert response.status_code == 200
    assert {name: response.headers.get(name) for name in EVERY} == EVERY
    assert policy(response) == STRICT
    assert "Cookie" in response.headers.get("Vary", "") or "private" in response.headers.get("Cache-Control", "")


def test_what_is_kept_while_typing_is_answered_as_data(client, colleague):
    client.force_login(colleague)
    response = client.post("/en/projects/new/save/", {"step": "basics", "title": "<script>alert(1)</script>"})
    assert (response.headers["Content-Type"], policy(response)) == ("application/json", STRICT)


@pytest.mark.parametrize("is_behind_proxy", [True, False])
def test_a_members_own_copy_is_saved_and_kept_by_nobody(client, stranger, settings, tmp_path, is_behind_proxy):
    settings.MEDIA_ROOT, settings.FILES_BEHIND_PROXY = str(tmp_path), is_behind_proxy
    now = timezone.now()
    copy = PersonalFile.objects.create(user=stranger, language="en", asked_at=now, ready_at=now, expires_at=now + timedelta(days=1))
    copy.file.save("copy", ContentFile(b"PK"))
    client.force_login(stranger)
    response = client.get(f"/en/accounts/privacy/copy/{copy.uuid}/")
    assert policy(response) == {"default-src 'none'", "sandbox"}
    assert response.headers["Content-Disposition"] == f'attachment; filename="{now:%Y-%m-%d}-my-data.zip"'
    assert (response.headers["Content-Type"], response.headers["X-Content-Type-Options"]) == ("application/zip", "nosniff")
    assert {"no-store", "private"} <= {one.strip() for one in response.headers["Cache-Control"].split(",")}
    assert ("X-Accel-Redirect" in response.headers) == is_behind_proxy


def test_tc19_the_session_is_new_after_signing_in(client, settings):
    user = UserFactory(email="me@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    user.set_password("laid-again-elsewhere")
    user.save()
    session = client.session
    session["typed"] = "before"
    session.save()
    client.cookies["sessionid"] = session.session_key
    client.post("/en/accounts/login/", {"login": user.email, "password": "laid-again-elsewhere"})
    cookie = client.cookies["sessionid"]
    assert (cookie.value != session.session_key, cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")

"""What the answer may load and ask of the browser, and what becomes of the session's cookie."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.middleware import SessionMiddleware

from common.csp import CMS_DIRECTIVES, CMS_PREFIX, PERMISSIONS


class PolicyMiddleware(CSPMiddleware):
    """django-csp's middleware with one more rule: `/cms/` has the policy Wagtail's administration needs."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None and request.path_info.startswith(CMS_PREFIX):
            parts.config = CMS_DIRECTIVES
        return parts

    def process_response(self, request, response):
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return super().process_response(request, response)


class PersonalMiddleware:
    """What was made for somebody who is signed in is kept by nobody in between, and asked for anew.

    Not `no-store`: the way back to a form would lose what was typed in it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_personal = request.session.accessed and SESSION_KEY in request.session
        if is_personal and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-cache"
        return response


class LastingSessionMiddleware(SessionMiddleware):
    """A script's answer never takes the session's cookie away.

    When a session has ended, Django answers every request that still brings its cookie by deleting it. What a page asks in the background
    (the count of the bell, who else is editing) may be answered after the form that was just sent, and would take away the new session
    in which that form is kept for its author.
    """

    def process_response(self, request, response):
        response = super().process_response(request, response)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie is not None and not cookie.value and request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
            del response.cookies[settings.SESSION_COOKIE_NAME]
        return response

"""What the answer may load and ask of the browser: strict on the portal, looser in the editorial administration."""

from csp.middleware import CSPMiddleware

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

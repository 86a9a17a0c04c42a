"""`/cms/`: Wagtail's administration behind the portal's own sign-in."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.urls import path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtail_admin
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from editorial.roles import OwnAccountView


def staff_only(view):
    """403 for members without rights here. Wagtail would send them to the sign-in, and that back: a loop."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        user = request.user
        if user.is_authenticated and not (user.may_act and user.has_perm("wagtailadmin.access_admin")):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


urlpatterns = [
    # Its own sign-in knows neither the second factor nor the limits of ours.
    path("login/", staff_only(RedirectView.as_view(pattern_name="account_login", query_string=True))),
    path("account/", staff_only(require_admin_access(OwnAccountView.as_view()))),
    *decorate_urlpatterns(wagtail_admin.urlpatterns, staff_only),
]

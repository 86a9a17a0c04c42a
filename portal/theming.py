"""/theme.css: the operator's colours as a stylesheet of their own, since the policy allows no inline styles."""

from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from common.theming import colours_mark, stylesheet

DAY = 24 * 3600


def _etag(request):
    return f'"{colours_mark()}"'


@require_safe
@cache_control(public=True, max_age=DAY)
@condition(etag_func=_etag)
def theme_css(request):
    return HttpResponse(stylesheet(), content_type="text/css; charset=utf-8")

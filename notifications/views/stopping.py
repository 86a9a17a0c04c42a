"""The address in a mail that stops mails like it (RFC 8058): one POST without cookie, sign-in or CSRF token.

Reading the page changes nothing, because mail programs and scanners follow every link. What was stopped by mistake comes again from
the page that follows.
"""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications.actions import is_stopped, stop, take_back_stop
from notifications.choices import EVERYTHING
from notifications.kinds import kind_of
from notifications.tokens import read_stop_token


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request, token):
    """GET asks, POST stops: this kind, or with `all` every mail at once; with `again` it takes that back. A token not ours is 404."""
    found = read_stop_token(token)
    if found is None:
        raise Http404
    (user_id, kind), said = found, request.POST
    kind, is_again = EVERYTHING if "all" in said else kind, "again" in said
    if is_again:
        take_back_stop(user_id, kind)
        is_again = not is_stopped(user_id, kind)  # nothing is begun again by a page that lay about for days
    elif request.method == "POST":
        stop(user_id, kind)
    context = {"kind": kind_of(kind), "everything": kind == EVERYTHING, "done": request.method == "POST", "again": is_again}
    return render(request, "notifications/stop.html", context)

"""The address in a mail that stops mails like it (RFC 8058): one POST without cookie, sign-in or CSRF token.

Reading the page changes nothing, because mail programs and scanners follow every link.
"""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications.actions import stop
from notifications.choices import EVERYTHING
from notifications.kinds import kind_of
from notifications.tokens import read_stop_token


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request, token):
    """GET asks, POST stops: this kind, or with `all` every mail at once. A token that is not ours is 404."""
    found = read_stop_token(token)
    if found is None:
        raise Http404
    user_id, kind = found
    if request.method == "POST":
        kind = EVERYTHING if request.POST.get("all") else kind
        stop(user_id, kind)
    context = {"kind": kind_of(kind), "everything": kind == EVERYTHING, "done": request.method == "POST"}
    return render(request, "notifications/stop.html", context)

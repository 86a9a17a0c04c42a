"""The addresses in a digest that act without a sign-in (RFC 8058): one POST, without cookie or CSRF token.

Reading them changes nothing, because mail programs and scanners follow every link.
"""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from digests import actions
from digests.page import noun_name
from digests.tokens import read_mute_token, read_stop_token
from notifications.actions import stop as stop_mails
from notifications.choices import EVERYTHING


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, token):
    """GET asks, POST stops the digest, or with `all` every mail that is no account mail. A token that is not ours is 404."""
    user_id = read_stop_token(token)
    if user_id is None:
        raise Http404
    everything = bool(request.POST.get("all"))
    if request.method == "POST":
        actions.stop(user_id)
        if everything:
            stop_mails(user_id, EVERYTHING)
    return render(request, "digests/unsubscribe.html", {"done": request.method == "POST", "everything": everything})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def mute(request, token):
    """GET asks, POST keeps one noun out of the digest. A token that is not ours is 404."""
    found = read_mute_token(token)
    if found is None:
        raise Http404
    user_id, noun = found
    if request.method == "POST":
        actions.keep_out(user_id, noun)
    return render(request, "digests/mute.html", {"done": request.method == "POST", "name": noun_name(user_id, noun)})

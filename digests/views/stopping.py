"""The addresses in a digest that act without a sign-in (RFC 8058): one POST, without cookie or CSRF token.

Reading them changes nothing, because mail programs and scanners follow every link. What was done by mistake is taken back at the
same address.
"""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from digests import actions
from digests.stop_page import MutePage, StopPage
from digests.tokens import read_mute_token, read_stop_token


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, token):
    """GET asks, POST stops the digest, with `all` every mail that is no account mail, with `again` neither. A token not ours is 404."""
    user_id, said = read_stop_token(token), request.POST
    if user_id is None:
        raise Http404
    page = StopPage(user_id, is_done=request.method == "POST")
    if "again" in said:
        page.came_back = actions.begin_again(user_id, with_mails="all" in said)
    elif "all" in said:
        page.everything, page.mails_had_come = True, actions.stop_all(user_id)
    elif page.is_done:
        actions.stop(user_id)
    return render(request, "digests/unsubscribe.html", {"page": page})


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def mute(request, token):
    """GET asks, POST keeps one noun out of the digest, with `again` it lets it in. A token that is not ours is 404."""
    found = read_mute_token(token)
    if found is None:
        raise Http404
    if "again" in request.POST:
        actions.let_in(*found)
    elif request.method == "POST":
        actions.keep_out(*found)
    return render(request, "digests/mute.html", {"page": MutePage(*found, is_done=request.method == "POST")})

"""The doors of members, and what is kept of a form whose author was signed out meanwhile.

A member's form carries `{% form_author %}`: the signed id of its author and the address of its page. When it arrives without a
session, its fields stay for an hour in the anonymous session, sign-in leads back to the page, and the same person finds the form
filled. Another person's sign-in discards it. Nothing is kept without a signature of ours, so strangers cannot fill the database.
"""

import functools
import re
import time
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, get_language_from_path, override
from django.utils.translation import gettext as _

FIELD = "form_author"
SALT = "common.access"
SESSION_KEY = "kept_forms"
KEPT_SECONDS = 3600
MOST_KEPT = 5
TOKEN_SECONDS = 30 * 24 * 3600  # a laptop may sleep over the holidays
SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")
#: Never kept: secrets, and what belongs to the one request.
SECRET = re.compile(rf"csrfmiddlewaretoken|{FIELD}|.*password.*|code|credential")


# ---- the form's author


def form_token(request):
    """The signed author and page of a form drawn in answer to `request`; drawn again with errors, the page stays the first one."""
    page = read_token(request)[1] or request.get_full_path()
    author = request.user.pk if request.user.is_authenticated else None
    return signing.dumps([author, page], salt=SALT)


def read_token(request):
    """(id of the author, address of the page) that a form brings along; (None, "") without a signature of ours."""
    try:
        author, page = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=TOKEN_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None, ""
    return author, page


# ---- keeping


def keep(request):
    """Keep the fields of a form that cannot be accepted now, and return the address of its page."""
    author, page = read_token(request)
    if author is not None:
        kept = {address: one for address, one in _kept(request).items() if address != request.path}
        fields = {name: request.POST.getlist(name) for name in request.POST if not SECRET.fullmatch(name)}
        kept[request.path] = {"author": author, "page": page, "at": time.time(), "fields": fields}
        request.session[SESSION_KEY] = dict(list(kept.items())[-MOST_KEPT:])
        if not request.user.is_authenticated:
            request.session.set_expiry(KEPT_SECONDS)
    return page or _referring_page(request)


def _kept(request):
    kept = request.session.get(SESSION_KEY, {})
    return {address: one for address, one in kept.items() if one["at"] > time.time() - KEPT_SECONDS}


def is_kept(request, page):
    """Whether something typed waits for the person who signs in and goes on to `page`."""
    return page in {one["page"] for one in _kept(request).values()}


def _referring_page(request):
    came_from = urlsplit(request.headers.get("Referer", ""))
    return came_from.path if came_from.netloc == request.get_host() and came_from.path else f"/{get_language()}/"


def kept_post(request, address=""):
    """What this person had typed before being signed out, once: a QueryDict, or None.

    `address` is where the form is sent to, when that is not the page itself. The reader is told that nothing was lost.
    """
    kept = _kept(request) if request.method == "GET" else {}
    one = kept.pop(address or request.path, None)
    if one is None:
        return None
    request.session[SESSION_KEY] = kept
    if one["author"] != request.user.pk:
        return None
    messages.info(request, _("Nothing is lost: here is what you had typed. It is not saved yet. Look at it, and send it again."))
    fields = QueryDict(mutable=True)
    for name, values in one["fields"].items():
        fields.setlist(name, values)
    fields._mutable = False
    return fields


def discard_others(request, user):
    """At sign-in: what somebody else had typed in this browser is gone; the session lasts as long as any other."""
    if SESSION_KEY in request.session:
        own = {address: one for address, one in _kept(request).items() if one["author"] == user.pk}
        request.session[SESSION_KEY] = own
        request.session.set_expiry(None)


# ---- doors


def member_required(view=None, *, reason="", writes=False, terms=True):
    """A door for members who may act: signed out → sign-in and back, suspended → 403, terms not accepted → asked before posting.

    `reason` is said on the sign-in page. `writes` marks a page whose only use is a form: it asks for the terms before it is filled.
    `terms=False` is for what a member may always do: change and leave the account, take her data along.
    """
    if view is None:
        return functools.partial(member_required, reason=reason, writes=writes, terms=terms)

    @functools.wraps(view)
    def door(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return lead_to(request, "account_login", status=401)
        if not request.user.may_act:
            raise PermissionDenied
        if terms and (writes or request.method not in SAFE_METHODS) and not request.user.has_accepted_terms:
            return lead_to(request, "account_terms", status=403)
        return view(request, *args, **kwargs)

    door.sign_in_reason = reason
    return door


def lead_to(request, url_name, status):
    """Leads to a page that leads back here. Scripts are told in their own way, with `status`."""
    page = request.get_full_path() if request.method in SAFE_METHODS else keep(request)
    address = f"{reverse(url_name)}?{urlencode({'next': page})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"address": address}, status=status)
    return redirect(address)


def next_page(request, default=""):
    """The page to go on to: what `next` says when that is a page of this site, else `default` (no open redirect)."""
    page = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return page if here and page.startswith("/") else default


def sign_in_reason(request):
    """Why the sign-in page is shown: what the page asked for says of itself, else that it is for members; "" without one."""
    page = next_page(request)
    if not page:
        return ""
    if is_kept(request, page):
        return _("You were signed out. What you typed is kept for an hour: sign in as the same person and the form comes back filled.")
    return reason_of(urlsplit(page).path) or _("The page you asked for is for members. Sign in, and you are led to it.")


def reason_of(path):
    """What the door at `path` gives as its reason to sign in, whatever the language of the path."""
    with override(get_language_from_path(path) or get_language()):
        try:
            reason = getattr(resolve(path).func, "sign_in_reason", "")
        except Resolver404:
            reason = ""
    return str(reason)


def csrf_failure(request, reason=""):
    """`CSRF_FAILURE_VIEW`: nothing is done, but what the author of the form had typed is kept for the page it came from."""
    kept_at = keep(request) if read_token(request)[0] is not None else ""
    return render(request, "403_csrf.html", {"kept_at": kept_at}, status=403)

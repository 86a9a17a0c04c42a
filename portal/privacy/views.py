"""The doors of a member's own rights. They are open to suspended members, too: a right is no privilege."""

from functools import wraps
from urllib.parse import quote

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.access import lead_to
from members.models import User
from portal.models import Farewell, PersonalFile
from portal.privacy import actions
from portal.privacy.forms import LeaveForm

PROXY_PREFIX = "/protected-files/"
#: Where sign-in keeps, signed, whose closed account may be opened again, and for how long.
SESSION_KEY, SALT, SECONDS = "comes_back", "portal.privacy", 3600


def signed_in(view):
    """A door for whoever is signed in; others sign in first and come back."""

    @wraps(view)
    def door(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return lead_to(request, "account_login", status=401)
        return view(request, *args, **kwargs)

    door.sign_in_reason = gettext_lazy("These pages are about what is held on you. Sign in, and you are led to them.")
    return door


@require_safe
@signed_in
@never_cache
def overview(request):
    """What is held, the copy of it, and the way out."""
    copy = PersonalFile.objects.filter(user=request.user).first()
    ready = bool(copy and copy.ready_at and copy.expires_at > timezone.now())
    return render(request, "portal/privacy.html", {"copy": copy, "is_ready": ready, "is_made": bool(copy and not copy.ready_at)})


@require_POST
@signed_in
@reauthentication_required
def ask_for_copy(request):
    """Have a copy made; the password is asked for unless that was just now."""
    try:
        actions.ask_for_copy(request.user)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Your copy is being made. You are told when it is ready, usually within some minutes."))
    return redirect("portal:privacy")


@require_safe
@signed_in
@reauthentication_required
@never_cache
def copy_file(request, uuid):
    """The member's own copy while it is kept; 404 for everybody else's."""
    copy = get_object_or_404(PersonalFile.objects.visible_to(request.user).ready(timezone.now()), uuid=uuid)
    if settings.FILES_BEHIND_PROXY:
        response = HttpResponse(headers={"X-Accel-Redirect": PROXY_PREFIX + quote(copy.file.name)})
    else:
        response = _opened(copy)
    response["Content-Type"] = "application/zip"
    response["Content-Disposition"] = content_disposition_header(True, f"{copy.ready_at:%Y-%m-%d}-{_('my-data')}.zip")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _opened(copy):
    try:
        return FileResponse(copy.file.open("rb"))
    except FileNotFoundError as missing:
        raise Http404 from missing


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@reauthentication_required(allow_get=True)
@never_cache
def leave(request):
    """Say what happens, ask once more, and close the account."""
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _left(request, form):
        return redirect(f"/{get_language()}/")
    return render(request, "portal/leave.html", {"form": form, "owned": actions.owned_alone(request.user), "days": actions.FAREWELL_DAYS})


def _left(request, form):
    """Whether the account is closed now; a refusal of the verb stands above the form."""
    try:
        farewell = actions.leave(request.user)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    logout(request)
    messages.success(request, _("Your account is closed. Sign in before %(day)s if you change your mind.") % {"day": _day(farewell.due_at)})
    return True


def _day(moment):
    from django.utils.formats import date_format

    return date_format(timezone.localtime(moment), "DATE_FORMAT")


def remember(request, user):
    """Sign-in knows by the password who this is, but the account is closed: the session may open it again for an hour."""
    request.session[SESSION_KEY] = signing.dumps(user.pk, salt=SALT)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def come_back(request):
    """For whoever just proved to be the owner of an account that is about to be erased: undo it."""
    farewell = get_object_or_404(Farewell.objects.select_related("user"), user=_remembered(request), due_at__gt=timezone.now())
    if request.method == "POST":
        actions.come_back(farewell.user)
        del request.session[SESSION_KEY]
        messages.success(request, _("Your account is open again, with everything in it. Sign in to go on."))
        return redirect("account_login")
    return render(request, "portal/come_back.html", {"farewell": farewell})


def _remembered(request):
    try:
        pk = signing.loads(request.session.get(SESSION_KEY, ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature as error:
        raise Http404 from error
    return get_object_or_404(User, pk=pk)

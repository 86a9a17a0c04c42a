"""Writing a request, step by step, and sending it. A draft keeps whatever is valid; the rest stays in the form."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from common.access import member_required
from common.verbs import attempt
from organisations.models import Organisation
from testrequests import actions
from testrequests.forms import STEPS, AskLabForm
from testrequests.views.doors import WHY, member, request_door
from testrequests.views.stepping import NewRequest, StepDoor, now_in_words


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(reason=WHY, writes=True)
def create(request):
    """The first step of a request that does not exist yet; `?lab=…&offer=…` says what is asked for."""
    if not Organisation.objects.writable_by(request.user).exists():
        return render(request, "testrequests/no_organisation.html", status=200 if request.method != "POST" else 403)
    door = NewRequest(request)
    return door.sent() if request.method == "POST" else door.opened()


@require_POST
@member
def save_new(request):
    """What the script sends while the first step of a new request is typed."""
    return JsonResponse(NewRequest(request).kept())


def _step(asked, slug):
    if slug not in STEPS:
        raise Http404
    if not asked.is_draft and not actions.may_change(set(asked.applications.values_list("state", flat=True))):
        raise PermissionDenied(_("A lab has accepted this request, or all have closed it: what it says stays."))
    return STEPS[slug]


@require_http_methods(["GET", "HEAD", "POST"])
@member
@request_door(permission="testrequests.change")
def edit(request, asked, step="what"):
    door = StepDoor(request, asked, _step(asked, step))
    return door.sent() if request.method == "POST" else door.opened()


@require_POST
@member
@request_door(permission="testrequests.change")
def save(request, asked):
    """What the script sends while somebody types: kept in a draft."""
    step = _step(asked, request.POST.get("step", ""))
    if not asked.is_draft:
        return JsonResponse({"state": "kept", "at": now_in_words()})
    return JsonResponse(StepDoor(request, asked, step).kept())


@require_POST
@member
@request_door(permission="testrequests.change")
def send(request, asked):
    """To every lab chosen; sent twice is sent once."""
    try:
        actions.send_request(asked, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("testrequests:edit_step", asked.pk, "check")
    number = asked.applications.count()
    done = ngettext("Sent. The lab is told, and you hear of its answer.", "Sent. %(number)d labs are told, and answer one by one.", number)
    messages.success(request, done % {"number": number})
    return redirect(asked)


@require_POST
@member
@request_door(permission="testrequests.change")
def delete(request, asked):
    done = attempt(request, _("The draft is deleted."), actions.delete_draft, asked)
    return redirect("testrequests:list") if done else redirect(asked)


@require_POST
@member
@request_door(permission="testrequests.change")
def ask_lab(request, asked):
    """One more lab reads what others were asked."""
    form = AskLabForm(request.POST, user=request.user)
    if not form.is_valid():
        messages.warning(request, " ".join(words for errors in form.errors.values() for words in errors))
    for lab, offer in form.cleaned_data.get("places", ()):
        attempt(request, _("%(lab)s is asked, too.") % {"lab": lab}, actions.ask_lab, asked, lab, offer)
    return redirect(asked)

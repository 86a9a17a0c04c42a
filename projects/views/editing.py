"""Writing a project: a new one, its steps, what is saved while typing, who else is at it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from common.access import member_required
from common.errors import WrongState
from projects.editing import keep_typed, save_step, settle
from projects.forms import STEPS
from projects.models import Project
from projects.views.creating import NewProject
from projects.views.stepping import StepDoor, step_url
from projects.views.verbs import carry_out_permitted
from records.actions import note_editing, others_editing

LEADING_ON = ("submit", "publish")
member = member_required(reason=gettext_lazy("Projects are written by members of an organisation. Sign in, and you are led on."))


def changeable(request, slug):
    """404 for a project one may not see, 403 for one that one sees and may not change."""
    project = get_object_or_404(Project.objects.visible_to(request.user).select_related("organisation"), slug=slug)
    if not request.user.has_perm("projects.change", project):
        raise PermissionDenied
    return project


def step_named(slug):
    if slug not in STEPS:
        raise Http404(_("There is no such step."))
    return STEPS[slug]


@member
@require_http_methods(["GET", "HEAD", "POST"])
def create(request):
    """The first step of a project that does not exist yet."""
    door = NewProject(request)
    return door.sent() if request.method == "POST" else door.opened()


@require_POST
@member
def save_new(request):
    """Keep what is typed of a new project; it exists when its author says so."""
    keep_typed(request.user, None, STEPS["basics"], request.POST)
    return JsonResponse({"state": "kept", "at": now_in_words()})


@member
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, slug, step="basics"):
    """One step: shown, or saved and on to the next."""
    project = changeable(request, slug)
    door = StepDoor(request, project, step_named(step))
    if request.method != "POST":
        return door.opened()
    response, then = door.sent(), request.POST.get("then", "")
    return carried_out(request, project, then) if then in LEADING_ON and response.status_code == 302 else response


def carried_out(request, project, verb):
    """Saved and submitted, or published, with one button; back at the last step where that was refused."""
    project.refresh_from_db()  # the step may have given it to another organisation: its rights count
    before = project.state
    carry_out_permitted(request, project, verb)
    project.refresh_from_db()
    return redirect(project if project.state != before else step_url(project, "check"))


@require_POST
@member
def save(request, slug):
    """What the script sends while somebody types: saved in a draft, kept beside a project that others read."""
    project = changeable(request, slug)
    step = step_named(request.POST.get("step", ""))
    keep_typed(request.user, project, step, request.POST)
    try:
        saved = save_step(step, project, request.POST, by=request.user, automatic=True)
    except WrongState as refusal:
        return JsonResponse({"state": "kept", "at": now_in_words(), "said": " ".join(refusal.messages)})
    settle(request.user, project, step, request.POST, saved)
    return JsonResponse(answer(saved, project))


def answer(saved, project):
    """What became of it, for the script: saved, kept, or met by somebody else's change."""
    state = "clash" if saved.edit.clashes else "kept" if saved.edit.is_kept_back else "saved"
    said = {"state": state, "at": now_in_words(), "errors": len(saved.errors)}
    if state == "saved":
        saved.form.content = saved.edit.content
        said["base"] = saved.form.base
    if state == "clash":
        said["said"] = _("Somebody else has changed the same answers. You will see both when you save.")
    return said


@require_POST
@member
def editing(request, slug):
    """An open form says so once a minute, and hears who else is at it."""
    project = changeable(request, slug)
    note_editing(project, request.user)
    others = [str(person) for person in others_editing(project, request.user)]
    said = _("%(names)s has this project open, too.") % {"names": ", ".join(others)} if others else ""
    return JsonResponse({"others": others, "said": said})


def now_in_words():
    return time_format(timezone.localtime(), "TIME_FORMAT")

"""Questions on a project: read, asked, confirmed, answered, approved and refused."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.access import kept_post, member_required, next_page, read_token
from common.throttle import allowed, asking_address
from common.verbs import attempt
from conversations.actions import revision_of, unconfirmed
from projects.actions import questions as actions
from projects.forms.questions import AnswerForm, QuestionForm, VisitorQuestionForm
from projects.models import Project
from projects.questions import ON_A_PAGE, may_answer, seen_by

AN_HOUR = 3600
#: Questions in an hour: of one member, of one network address (an office has many people), to one mail address.
MEMBERS_MOST, NETWORKS_MOST, MAILS_MOST = 20, 10, 5


def visitors_too(view):
    """A door for members, and for visitors; who was signed out while typing signs in first, and loses nothing."""
    members_only = member_required(view)

    @wraps(view)
    def door(request, *args, **kwargs):
        is_visitor = not request.user.is_authenticated and read_token(request)[0] is None
        return (view if is_visitor else members_only)(request, *args, **kwargs)

    return door


def seen_project(request, slug):
    return get_object_or_404(Project.objects.visible_to(request.user).select_related("organisation"), slug=slug)


def seen_question(request, slug, pk):
    """(project, question) of an address; 404 for what this reader does not see."""
    project = seen_project(request, slug)
    return project, get_object_or_404(seen_by(request.user, project), pk=pk)


@require_safe
def question_list(request, slug):
    """All questions on a project that this reader may see, those that wait first."""
    project = seen_project(request, slug)
    rows = seen_by(request.user, project).in_order()
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = [(question, may_answer(request.user, question, project)) for question in page]
    allowed_to = {name: request.user.has_perm(f"projects.{name}", project) for name in ("ask", "moderate_questions")}
    return render(request, "projects/questions.html", {"project": project, "page_obj": page, "questions": shown, "may": allowed_to})


@require_http_methods(["GET", "HEAD", "POST"])
@visitors_too
def ask(request, slug):
    """The form, with what was typed when it comes back; a visitor's question waits for the mail to be opened."""
    project = seen_project(request, slug)
    if not request.user.has_perm("projects.ask", project):
        raise PermissionDenied
    form = _form(request)
    if request.method == "POST" and form.is_valid() and _asked(request, project, form):
        return redirect("projects:questions", slug=project.slug)
    return render(request, "projects/ask.html", {"project": project, "form": form})


def _form(request):
    kind = QuestionForm if request.user.is_authenticated else VisitorQuestionForm
    return kind(request.POST or kept_post(request), initial={"language": request.LANGUAGE_CODE})


def _asked(request, project, form):
    """Whether it could be kept; what stands in the way is said in the form."""
    by = request.user if request.user.is_authenticated else None
    try:
        _refuse_floods(request, by, form.cleaned_data.get("email", ""))
        actions.ask_question(project, by=by, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return False
    if by:
        messages.success(request, _("Your question is sent to the people of the project. You are told when they answer."))
    else:
        messages.info(request, _("One step is left: open the mail that we have sent to your address, within a week."))
    return True


def _refuse_floods(request, by, email):
    if by:
        within = allowed("ask", f"member:{by.pk}", most=MEMBERS_MOST, seconds=AN_HOUR)
    else:
        within = allowed("ask", asking_address(request), most=NETWORKS_MOST, seconds=AN_HOUR)
        within &= allowed("ask", email.lower(), most=MAILS_MOST, seconds=AN_HOUR)
    if not within:
        raise ValidationError(_("That is a lot of questions in a short time. Your text is still here: send it again in an hour."))


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """The page behind the mail. Reading it changes nothing: programs that look at mails open links, too."""
    question = unconfirmed(token)
    project = question and question.target
    if not project or not Project.objects.visible_to(request.user).filter(pk=project.pk).exists():
        return render(request, "projects/question_confirm.html", {"question": None}, status=404)
    if request.method != "POST":
        return render(request, "projects/question_confirm.html", {"question": question, "project": project})
    try:
        actions.confirm_question(token)
    except ValidationError as refusal:  # in two windows at once
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Thank you. A moderator reads your question; then it stands on this page and the project is asked."))
    return redirect("projects:questions", slug=project.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(reason=gettext_lazy("Sign in to answer questions on your project."), writes=True)
def answer(request, slug, pk):
    """The form of the answer, filled with the one that stands there."""
    project, question = seen_question(request, slug, pk)
    if not may_answer(request.user, question, project):
        raise PermissionDenied
    initial = {"text": question.answer, "language": question.answer_language or question.language, "revision": revision_of(question)}
    form = AnswerForm(request.POST or kept_post(request), initial=initial)
    if request.method == "POST" and form.is_valid() and _answered(request, question, form):
        return redirect("projects:questions", slug=project.slug)
    return render(request, "projects/answer.html", {"project": project, "question": question, "form": form})


def _answered(request, question, form):
    try:
        actions.answer_question(question, by=request.user, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        form.data = form.data.copy()
        form.data["revision"] = revision_of(type(question).objects.get(pk=question.pk))  # now it has been seen
        return False
    messages.success(request, _("Your answer stands on the page. The person who asked is told."))
    return True


DECISIONS = {"approve": actions.approve_question, "refuse": actions.refuse_question, "hide": actions.hide_question}
DONE = {
    "approve": gettext_lazy("The question stands on the page."),
    "refuse": gettext_lazy("The question is refused. The person who asked is told why."),
    "hide": gettext_lazy("The question is hidden. The person who asked is told why."),
}


@require_POST
@member_required
def decide(request, slug, pk, verb):
    """A moderator's verb, and back to where it was pressed."""
    project, question = seen_question(request, slug, pk)
    if not request.user.has_perm("projects.moderate_questions", project):
        raise PermissionDenied
    reason = {} if verb == "approve" else {"reason": request.POST.get("reason", "")[:2000]}
    attempt(request, DONE[verb], DECISIONS[verb], question, **reason)
    return redirect(next_page(request, f"{project.get_absolute_url()}questions/"))

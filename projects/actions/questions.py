"""Questions on projects: the state is `conversations`' own, who hears of it and the audit entry are written with it.

A member's question reaches the project's writers at once; answering it puts both on the page. A visitor's question is confirmed by
mail, and reaches the writers when a moderator has approved it. Nobody but its asker, the writers and moderators reads what waits.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.errors import WrongState
from common.publishing import State
from conversations import actions as questions
from notifications.actions import notify, queue_mail
from projects.actions.writing import locked_project
from projects.questions import answer_address, confirm_address, in_mail, page_address
from projects.telling import project_writers, reviewers
from records.actions import audit


def ask_question(project, *, text, language, by=None, name="", email="", now=None):
    """Ask about a published project; returns the question. A visitor is sent the mail that confirms the address.

    Raises `ValidationError` by field, `WrongState`.
    """
    with transaction.atomic():
        locked = locked_project(project)
        if locked.state != State.PUBLISHED:
            raise WrongState(_("Questions are asked about published projects only."), code="wrong_state")
        question, token = questions.ask(locked, text=text, language=language, by=by, name=name, email=email, now=now)
        if by:
            audit("ask", question, by=by)
            _tell_writers(question, locked, by=by)
        else:
            _mail("question_confirm", question, locked, period=f"confirm-{question.pk}", url=confirm_address(token))
    return question


def confirm_question(token, *, now=None):
    """A visitor has opened the mail: the question waits for a moderator, who is told. Raises `WrongState`."""
    with transaction.atomic():
        question = questions.confirm(token, now=now)
        audit("confirm", question, by=None)
        project = question.target
        notify("question.waiting", project, by=None, to=reviewers(question), note=question.text, url=page_address(project))
    return question


def approve_question(question, *, by, now=None):
    """It stands on the page, and the project's writers are asked to answer."""
    with transaction.atomic():
        question = questions.approve(question, by=by, now=now)
        audit("approve", question, by=by)
        if not question.asked_by_id:
            _tell_writers(question, question.target, by=by)
    return question


def refuse_question(question, *, by, reason, now=None):
    """It does not come onto the page. Its asker reads why."""
    email = question.email
    with transaction.atomic():
        question = questions.refuse(question, by=by, reason=reason, now=now)
        _tell_of_refusal(question, "refuse", email, by=by)
    return question


def hide_question(question, *, by, reason, now=None):
    """It leaves the page with its answer. Its asker reads why."""
    email = question.email
    with transaction.atomic():
        question = questions.hide(question, by=by, reason=reason, now=now)
        _tell_of_refusal(question, "hide", email, by=by)
    return question


def answer_question(question, *, by, text, language, revision="", now=None):
    """Answer for the project's organisation. The asker hears of the first answer, once; a mended one is only shown."""
    with transaction.atomic():
        locked_project(question.target)
        question, is_first = questions.answer(question, by=by, text=text, language=language, revision=revision, now=now)
        audit("answer" if is_first else "mend_answer", question, by=by)
        project = question.target
        context = {"organisation": project.organisation.name}
        if is_first and question.asked_by_id:
            notify("question.answered", project, by=by, to=[(question.asked_by_id, "asked")], note=question.answer, context=context,
                   url=answer_address(project, question))  # fmt: skip
        elif is_first and question.email:
            _mail("question_answered", question, project, period=f"answered-{question.pk}", url=answer_address(project, question))
            questions.forget_address(question)
    return question


def _tell_writers(question, project, *, by):
    notify("question.asked", project, by=by, to=project_writers(project), note=question.text, context={"asker": question.asker},
           url=answer_address(project, question))  # fmt: skip


def _tell_of_refusal(question, verb, email, *, by):
    audit(verb, question, by=by, note=question.reason)
    project = question.target
    if question.asked_by_id:
        notify("question.refused", project, by=by, to=[(question.asked_by_id, "asked")], note=question.reason)
    elif email:
        question.email = email
        _mail("question_refused", question, project, period=f"refused-{question.pk}", url=page_address(project))
        question.email = ""


def _mail(template, question, project, *, period, url):
    """To a visitor, in the language she asked in."""
    with override(question.language):
        context = {
            "name": question.name, "title": str(project), "organisation": project.organisation.name, "text": question.text,
            "answer": question.answer, "reason": question.reason, "url": in_mail(url, question.language),
        }  # fmt: skip
    queue_mail("question", template, address=question.email, language=question.language, context=context, period=period, reason="asked",
               now=timezone.now())  # fmt: skip

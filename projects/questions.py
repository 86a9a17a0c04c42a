"""Questions on a project as its pages need them: which somebody sees, and their addresses, for notices without a language."""

from django.db.models import Q

from common.mail import absolute
from conversations.enums import QuestionState
from conversations.models import Question

ON_A_PAGE = 20
#: How many of the newest stand on the project's own page.
SHOWN = 5


def seen_by(user, project):
    """What is published; to its asker and to those who answer also what waits, to moderators all that is confirmed.

    A visitor's question reaches those who answer when a moderator has approved it.
    """
    shown = Question.objects.about(project).exclude(state=QuestionState.UNCONFIRMED).select_related("asked_by", "answered_by")
    if not getattr(user, "may_act", False):
        return shown.filter(state=QuestionState.PUBLISHED)
    if user.is_moderator:
        return shown
    wanted = Q(state=QuestionState.PUBLISHED) | Q(asked_by=user)
    if user.has_perm("projects.answer", project):
        wanted |= Q(state=QuestionState.WAITING, asked_by__isnull=False)
    return shown.filter(wanted)


def may_answer(user, question, project):
    """Whether this member's answer is wanted: a waiting question of a visitor is first a moderator's matter."""
    waiting = question.state == QuestionState.WAITING and question.asked_by_id
    return bool(waiting or question.state == QuestionState.PUBLISHED) and user.has_perm("projects.answer", project)


def page_address(project):
    return f"/projects/{project.slug}/questions/"


def answer_address(project, question):
    return f"{page_address(project)}#question-{question.pk}"


def confirm_address(token):
    return f"/projects/questions/confirm/{token}/"


def in_mail(path, language):
    """The same for a mail to somebody who reads in `language`."""
    return absolute(f"/{language}{path}")

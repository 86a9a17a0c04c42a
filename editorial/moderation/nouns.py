"""The nouns that can be reported and looked back on: their words in addresses, who sees them, what can be done about them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from common.publishing import READABLE
from conversations.enums import QuestionState, ThreadKind
from conversations.models import Post, Question
from discussions import actions as discussion_actions
from discussions.hosts import host_of
from events import actions as event_actions
from events.enums import READABLE as EVENT_READABLE
from events.models import Event
from livinglabs import actions as lab_actions
from livinglabs.models import LivingLab, Offer
from members.models import Profile
from organisations.models import Organisation
from projects import actions as project_actions
from projects.actions import questions as question_actions
from projects.models import Project
from testreports import actions as report_actions
from testreports.models import TestReport
from workinggroups import actions as group_actions
from workinggroups.models import WorkingGroup

User = get_user_model()


@dataclass(frozen=True)
class Noun:
    """One kind of noun. `seen(user)` gives those one may report, `hide` the verb that takes one from the pages, if there is one."""

    word: str
    label: Any
    model: type
    seen: Callable
    address: Callable
    author: Callable
    hide: Callable | None = None
    hideable: Callable = bool

    @property
    def content_type(self):
        return ContentType.objects.get_for_model(self.model)


def _members_seen(user):
    return User.objects.filter(profile__in=Profile.objects.visible_to(user).values("pk"))


def _members_page(person):
    profile = Profile.objects.filter(user=person).first()
    return profile.get_absolute_url() if profile else ""


def _question_page(question):
    return f"{question.target.get_absolute_url()}questions/#question-{question.pk}" if question.target else ""


def _posts_seen(user):
    """Posts in discussions; messages of a noun are read by its two sides only, and have no page here."""
    return Post.objects.visible_to(user).filter(thread__kind=ThreadKind.DISCUSSION).select_related("thread", "author")


def _post_page(post):
    host = host_of(post.thread.target) if post.thread.target else None
    return host.post_url(post) if host else ""


NOUNS = {
    noun.word: noun
    for noun in (
        Noun("project", _("Project"), Project, lambda user: Project.objects.visible_to(user).filter(state__in=READABLE),
             Project.get_absolute_url, lambda project: project.created_by, project_actions.hide,
             lambda project: project.state in READABLE),
        Noun("lab", _("Living lab"), LivingLab, lambda user: LivingLab.objects.visible_to(user).filter(state__in=READABLE),
             LivingLab.get_absolute_url, lambda lab: lab.created_by, lab_actions.hide, lambda lab: lab.state in READABLE),
        Noun("offer", _("Offer"), Offer, lambda user: Offer.objects.visible_to(user).filter(state__in=READABLE),
             Offer.get_absolute_url, lambda offer: offer.created_by, lab_actions.hide_offer, lambda offer: offer.state in READABLE),
        Noun("group", _("Working group"), WorkingGroup, lambda user: WorkingGroup.objects.visible_to(user).filter(state__in=READABLE),
             WorkingGroup.get_absolute_url, lambda group: group.created_by, group_actions.hide, lambda group: group.state in READABLE),
        Noun("organisation", _("Organisation"), Organisation, Organisation.objects.visible_to, Organisation.get_absolute_url,
             lambda organisation: None),
        Noun("member", _("Member"), User, _members_seen, _members_page, lambda person: person),
        Noun("event", _("Event"), Event, lambda user: Event.objects.visible_to(user).filter(state__in=EVENT_READABLE),
             Event.get_absolute_url, lambda event: event.created_by, event_actions.hide, lambda event: event.state in EVENT_READABLE),
        Noun("testreport", _("Test report"), TestReport, lambda user: TestReport.objects.visible_to(user).filter(state="published"),
             TestReport.get_absolute_url, lambda report: report.created_by, report_actions.hide,
             lambda report: report.state == "published"),
        Noun("question", _("Question"), Question,
             lambda user: Question.objects.visible_to(user).filter(state=QuestionState.PUBLISHED),
             _question_page, lambda question: question.asked_by, question_actions.hide_question,
             lambda question: question.state == QuestionState.PUBLISHED),
        Noun("post", _("Post"), Post, _posts_seen, _post_page, lambda post: post.author, discussion_actions.remove,
             lambda post: not post.is_removed),
    )
}  # fmt: skip


def noun_of(target):
    """The kind of a noun in memory."""
    return next(noun for noun in NOUNS.values() if isinstance(target, noun.model))

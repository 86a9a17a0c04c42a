"""What waits for a moderator, in one list, the oldest first. Only what this moderator may see is shown and counted."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import Count, Prefetch, TextField, Value
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.publishing import State
from conversations.models import Post, Question
from editorial.moderation.nouns import NOUNS, User, noun_of
from livinglabs.models import LivingLab
from organisations.models import Organisation
from projects.models import Project
from records.enums import ReportOutcome
from records.models import Assignment, Report

#: What waits longer is marked: authors were promised an answer within a working week.
OVERDUE = timedelta(days=5)
#: As many of each kind are listed; the numbers count them all.
MOST = 300


@dataclass
class Waiting:
    """One thing that waits: what it is, since when, who has taken it, and the buttons that lead on."""

    kind: str
    label: Any
    target: Any
    title: str
    preview: str
    who: str
    since: datetime
    note: str = ""
    buttons: list = field(default_factory=list)
    moderator: Any = None

    def age(self, now):
        """Whole days."""
        return max(0, (now - self.since).days)

    def is_overdue(self, now):
        return now - self.since > OVERDUE


@dataclass(frozen=True)
class Button:
    """A verb of the noun: its address, its words, and what its reason's field asks ("" where it takes none)."""

    label: Any
    url: str
    reason: Any = ""
    is_link: bool = False


def waiting_rows(user):
    """`{kind: queryset}` of what waits and this moderator may see; nothing for anybody else."""
    reports = Report.objects.filter(outcome=ReportOutcome.OPEN).order_by("created_at", "pk")
    proposals = Organisation.objects.visible_to(user).filter(verified_at=None, declined_at=None)
    visitors = Question.objects.visible_to(user).waiting().filter(asked_by=None)
    found = {
        "project": Project.objects.visible_to(user).filter(state=State.SUBMITTED).order_by("state_changed_at", "pk"),
        "lab": LivingLab.objects.visible_to(user).filter(state=State.SUBMITTED).order_by("state_changed_at", "pk"),
        "organisation": proposals.order_by("created_at", "pk"),
        "report": reports,
        "question": visitors,
    }
    return found if user.is_moderator else {kind: rows.none() for kind, rows in found.items()}


KINDS = {
    "project": pgettext_lazy("queue", "Submitted projects"),
    "lab": pgettext_lazy("queue", "Submitted living labs"),
    "organisation": pgettext_lazy("queue", "Proposed organisations"),
    "report": pgettext_lazy("queue", "Reports"),
    "question": pgettext_lazy("queue", "Questions of visitors"),
}


def count_waiting(user):
    """`{kind: number}`."""
    rows = waiting_rows(user)
    kinds = [found.order_by().annotate(queue=Value(kind, TextField())).values("queue") for kind, found in rows.items()]
    counted = [kind.annotate(number=Count("pk")).values_list("queue", "number") for kind in kinds]
    return dict.fromkeys(rows, 0) | dict(counted[0].union(*counted[1:], all=True))


def waiting(user, *, kinds=tuple(KINDS), assigned=""):
    """The `Waiting` of these kinds, the oldest first; `assigned`: "me", "nobody" or "" for all."""
    rows = waiting_rows(user)
    found = [line for kind in kinds for line in _LINES[kind](rows[kind])]
    _add_moderators(found)
    if assigned == "me":
        found = [line for line in found if line.moderator == user]
    if assigned == "nobody":
        found = [line for line in found if line.moderator is None]
    return sorted(found, key=lambda line: line.since)


def _add_moderators(lines):
    """Who has taken what; one query, whatever the number of lines."""
    types = {noun.content_type.pk for noun in NOUNS.values()} | {ContentType.objects.get_for_model(Report).pk}
    taken = {(row.target_type_id, row.target_id): row.moderator for row in
             Assignment.objects.filter(target_type__in=types, moderator__is_active=True, moderator__suspended_at=None)
             .select_related("moderator")}  # fmt: skip
    for line in lines:
        key = (ContentType.objects.get_for_model(line.target).pk, line.target.pk)
        line.moderator = taken.get(key)


def _projects(rows):
    return _submitted(rows, "project", _("Project"), "projects_cms:list")


def _labs(rows):
    return _submitted(rows, "lab", _("Living lab"), "livinglabs_cms:list")


def _submitted(rows, kind, label, url_name):
    """What its authors have submitted, with the buttons that let it out or send it back."""
    texts = Prefetch("texts", queryset=rows.model._meta.get_field("texts").related_model.objects.defer("story", "keywords", "vector"))
    for noun in rows.select_related("organisation").prefetch_related(texts)[:MOST]:
        address = reverse(url_name) + f"{noun.pk}/"
        yield Waiting(kind, label, noun, str(noun), noun.get_absolute_url(), noun.organisation.name,
                      noun.state_changed_at or noun.updated_at, buttons=[
                          Button(pgettext_lazy("verb", "Publish"), f"{address}publish/"),
                          Button(pgettext_lazy("verb", "Return"), f"{address}return/",
                                 _("What is to be mended? The authors read this.")),
                      ])  # fmt: skip


def _organisations(rows):
    for organisation in rows[:MOST]:
        buttons = [Button(_("Verify, decline or merge"), reverse("organisations_cms:list"), is_link=True)]
        yield Waiting("organisation", _("Organisation"), organisation, organisation.name, organisation.get_absolute_url(),
                      organisation.get_type_display(), organisation.created_at, buttons=buttons)  # fmt: skip


def _questions(rows):
    targets = GenericPrefetch("target", [Project.objects.select_related("organisation").prefetch_related("texts")])
    for question in rows.prefetch_related(targets)[:MOST]:
        about = question.target
        address = f"{about.get_absolute_url()}questions/{question.pk}/"
        yield Waiting("question", _("Question"), question, str(about), f"{about.get_absolute_url()}questions/#question-{question.pk}",
                      question.asker, question.waiting_since, note=question.text, buttons=[
                          Button(pgettext_lazy("verb", "Approve"), f"{address}approve/"),
                          Button(pgettext_lazy("verb", "Refuse"), f"{address}refuse/", _("Why? The person who asked reads this.")),
                      ])  # fmt: skip


def _reports(rows):
    reported = [
        Project.objects.prefetch_related("texts"), Organisation.objects.get_queryset(), User.objects.get_queryset(),
        Question.objects.prefetch_related(GenericPrefetch("target", [Project.objects.prefetch_related("texts")])),
        Post.objects.select_related("thread", "author"),
    ]  # fmt: skip
    for report in rows.select_related("by").prefetch_related(GenericPrefetch("target", reported))[:MOST]:
        if report.target is None:  # removed meanwhile
            continue
        button = Button(_("Look at the report"), reverse("moderation_cms:report", args=[report.pk]), is_link=True)
        label = format_lazy("{}: {}", pgettext_lazy("noun", "Report"), noun_of(report.target).label)
        yield Waiting("report", label, report, str(report.target), button.url,
                      str(report.by or _("a former member")), report.created_at,
                      note=f"{report.get_reason_display()}. {report.text}".strip(), buttons=[button])  # fmt: skip


_LINES = {"project": _projects, "lab": _labs, "organisation": _organisations, "report": _reports, "question": _questions}

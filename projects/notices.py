"""What can be told of projects, their partners and the questions on them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from notifications.kinds import Kind, register_area, register_followable, register_kind
from projects.models import Project

MINE = pgettext_lazy("group of notifications", "My projects")
PARTNERS = pgettext_lazy("group of notifications", "Partners")
QUESTIONS = pgettext_lazy("group of notifications", "Questions")
MODERATION = pgettext_lazy("group of notifications", "Moderation")
OPEN = _("Open the project")

register_followable("project", Project, _("Projects"), lambda user: Project.objects.visible_to(user).prefetch_related("texts"))

register_area("projects", _("Projects"), "project", "partner", "question")
register_kind(
    Kind("project.received", _("A project of mine is submitted"), MINE,
         _("“%(title)s” is submitted. A moderator looks at it next, and you hear what becomes of it."), OPEN, mail=False),
    Kind("project.published", _("A project is published"), MINE,
         _("%(organisation)s has published “%(title)s”."), OPEN, urgent=True),
    Kind("project.returned", _("A project of mine is returned"), MINE,
         _("A moderator has returned “%(title)s”. Mend what is named here and submit it again."), _("Mend the project"), urgent=True),
    Kind("project.hidden", _("A project of mine is hidden"), MINE,
         _("A moderator has hidden “%(title)s”. If you think that this is wrong, answer the moderators at the portal's contact address."),
         OPEN, urgent=True),
    Kind("project.withdrawn", _("A project of mine is withdrawn"), MINE,
         _("%(by)s has withdrawn “%(title)s”. Only members of %(organisation)s see it now."), OPEN),
    Kind("project.archived", _("A project of mine is archived"), MINE,
         _("%(by)s has archived “%(title)s”. It keeps its address and leaves the lists."), OPEN),
    Kind("project.reopened", _("A project of mine is a draft again"), MINE,
         _("%(by)s has reopened “%(title)s” as a draft."), OPEN, mail=False),
    Kind("partner.asked", _("My organisation is named as a partner"), PARTNERS,
         _("%(organisation)s names %(partner)s as a partner in “%(title)s”. Please confirm or decline on the project's page."),
         _("Confirm or decline"), urgent=True),
    Kind("partner.confirmed", _("A partner has confirmed"), PARTNERS,
         _("%(partner)s confirms to be a partner in “%(title)s”."), OPEN),
    Kind("partner.declined", _("A partner has declined"), PARTNERS,
         _("%(partner)s declines to be a partner in “%(title)s”. It is no longer named on the page."), OPEN, urgent=True),
    Kind("question.asked", _("A question on a project of mine"), QUESTIONS,
         _("%(asker)s asks about “%(title)s”."), _("Answer the question"), urgent=True,
         many=ngettext_lazy("%(number)d question about “%(title)s”", "%(number)d questions about “%(title)s”", "number")),
    Kind("question.answered", _("My question is answered"), QUESTIONS,
         _("%(organisation)s has answered your question on “%(title)s”."), _("Read the answer"), urgent=True),
    Kind("question.refused", _("My question is not published"), QUESTIONS,
         _("A moderator has decided that your question on “%(title)s” is not published."), OPEN, urgent=True),
    Kind("project.submitted", _("A project waits for review"), MODERATION,
         _("%(organisation)s has submitted “%(title)s”. It waits for review."), _("Review the project"),
         many=ngettext_lazy("%(number)d project waits for review.", "%(number)d projects wait for review.", "number"),
         about=None),
    Kind("question.waiting", _("A question waits for approval"), MODERATION,
         _("A visitor's question on “%(title)s” waits for approval."), _("Look at the question"),
         many=ngettext_lazy("%(number)d question waits for approval.", "%(number)d questions wait for approval.", "number"),
         about=None),
)  # fmt: skip

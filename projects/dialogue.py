"""What people say to a project on its page: questions and answers, the partners' yes or no, and what its writers may do about it."""

from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from common.publishing import READABLE
from conversations.enums import QuestionState
from projects.partners import asked_for
from projects.questions import seen_by


class Dialogue:
    """The questions of one project and what this reader may say; a visitor costs no query."""

    def __init__(self, project, parts, user):
        self.project, self.parts, self.user = project, parts, user

    def _may(self, name):
        return self.user.has_perm(f"projects.{name}", self.project)

    @cached_property
    def may_ask(self):
        return self._may("ask")

    @cached_property
    def is_shown(self):
        return bool(self.parts.questions or self.waiting or self.may_ask)

    @property
    def questions(self):
        return self.parts.questions

    @property
    def number(self):
        return self.parts.question_count

    @cached_property
    def waiting(self):
        """How many questions wait for this reader: to be answered by a writer, to be approved by a moderator."""
        if not getattr(self.user, "may_act", False) or not (self._may("answer") or self.user.is_moderator):
            return 0
        return seen_by(self.user, self.project).filter(state=QuestionState.WAITING).count()

    @property
    def url(self):
        return reverse("projects:questions", args=[self.project.slug])

    @cached_property
    def asked(self):
        """The partner rows this reader answers for, while the project can be read."""
        everyone = [*self.parts.partners, *self.parts.declined]
        return asked_for(self.user, self.project, everyone) if self.project.state in READABLE else []

    @cached_property
    def history_url(self):
        return reverse("projects:history", args=[self.project.slug]) if self._may("history") else ""

    @property
    def declined(self):
        """Names of the partners who declined, for those who write the project."""
        return [str(partner) for partner in self.parts.declined] if self.history_url else []

    @property
    def outlook(self):
        """What happens when this reader lets the project go out; "" for whoever may not, or where it is out already."""
        may_publish, may_submit = (self._may(name) for name in ("publish", "submit"))
        if self.project.state not in ("draft", "returned") or not (may_publish or may_submit):
            return ""
        if may_publish:
            return _("When you publish, it is on the portal at once. Organisations named as partners are asked to confirm.")
        if self.project.organisation.verified_at is None:
            return _("Your organisation is not verified yet, so a moderator looks at the project before others can read it.")
        return _("A moderator looks at the project before others can read it. An owner or editor of your organisation can publish it, too.")

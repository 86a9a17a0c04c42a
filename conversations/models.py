"""What people ask about other nouns. Targets are generic."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.targeted import Targeted
from conversations.enums import QuestionState
from conversations.querysets import QuestionQuerySet

QUESTION_LIMIT = 2_000
ANSWER_LIMIT = 8_000


class Question(Targeted):
    """A question on a noun, by a member or by a visitor who confirmed an e-mail address. Only its actions write it.

    The visitor's address is never shown, and is erased once the question is answered or refused.
    """

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions")
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    text = models.TextField(_("question"), max_length=QUESTION_LIMIT)
    language = models.CharField(_("language"), max_length=8)
    state = models.CharField(max_length=12, choices=QuestionState)
    token_hash = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(max_length=2_000, blank=True)
    answer = models.TextField(_("answer"), max_length=ANSWER_LIMIT, blank=True)
    answer_language = models.CharField(max_length=8, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("question")
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="question_token"),
            models.CheckConstraint(condition=~Q(state=QuestionState.UNCONFIRMED) | ~Q(token_hash=""), name="question_confirmable"),
        ]
        indexes = [
            models.Index(fields=["target_type", "target_id", "-created_at"], name="question_target"),
            models.Index(fields=["state", "waiting_since"], name="question_waiting"),
            models.Index(fields=["email", "created_at"], condition=~Q(email=""), name="question_email"),
        ]

    def __str__(self):
        return Truncator(" ".join(self.text.split())).chars(80)

    @property
    def asker(self):
        """The name that stands beside the question; never an address."""
        if self.name:
            return self.name
        return (self.asked_by.name if self.asked_by else "") or gettext("A member")

    @property
    def badge(self):
        """Where it stands, for those who see it before it is published or afterwards."""
        return "" if self.state == QuestionState.PUBLISHED else self.get_state_display()

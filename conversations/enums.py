"""The words of conversations, as in docs/concepts.md."""

from django.db import models
from django.utils.translation import pgettext_lazy


class QuestionState(models.TextChoices):
    """A visitor's question begins unconfirmed, a member's begins waiting. Answered is shown, never a state."""

    UNCONFIRMED = "unconfirmed", pgettext_lazy("question", "Not confirmed")
    WAITING = "waiting", pgettext_lazy("question", "Waiting")
    PUBLISHED = "published", pgettext_lazy("question", "Published")
    REFUSED = "refused", pgettext_lazy("question", "Refused")
    HIDDEN = "hidden", pgettext_lazy("question", "Hidden")


class ThreadKind(models.TextChoices):
    """A discussion stands in a list under its title; messages are the one thread of a noun such as a test request, without one."""

    DISCUSSION = "discussion", pgettext_lazy("thread", "Discussion")
    MESSAGES = "messages", pgettext_lazy("thread", "Messages")

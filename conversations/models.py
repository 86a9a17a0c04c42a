"""What people ask about other nouns, and what they say to each other there. Targets are generic."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.search import TextVector
from common.targeted import Targeted
from common.text import has_words
from conversations.enums import QuestionState, ThreadKind
from conversations.querysets import PostDraftQuerySet, PostQuerySet, QuestionQuerySet, ThreadQuerySet

QUESTION_LIMIT = 2_000
ANSWER_LIMIT = 8_000
TITLE_LIMIT = 160
POST_LIMIT = 20_000
REASON_LIMIT = 2_000
#: Posts that stand on one page of a thread.
A_PAGE = 30


def by():
    """A member who did something; the row outlives the account."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+")


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


class Thread(Targeted):
    """Posts on a noun, one after the other. Only its actions write it, with its row locked.

    `post_count` is the number of the last post: posts are taken away, never deleted, so that the numbers have no gaps. `key` comes
    with the form: the same form sent twice is one thread.
    """

    kind = models.CharField(max_length=10, choices=ThreadKind, default=ThreadKind.DISCUSSION, editable=False)
    title = models.CharField(_("title"), max_length=TITLE_LIMIT, blank=True)
    language = models.CharField(_("language"), max_length=8)
    key = models.UUIDField(null=True, blank=True, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="threads_started"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_post_at = models.DateTimeField(default=timezone.now, editable=False)
    post_count = models.PositiveIntegerField(default=0, editable=False)
    is_pinned = models.BooleanField(default=False, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = by()
    answer = models.ForeignKey("Post", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_by = by()
    reason = models.TextField(max_length=REASON_LIMIT, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    vector = models.GeneratedField(
        expression=TextVector({"title": "A"}, folded=["title"]), output_field=SearchVectorField(), db_persist=True
    )

    objects = ThreadQuerySet.as_manager()
    #: Whether the verb that returned it found it made already, by the same form.
    is_repeat = False

    class Meta:
        ordering = ["-last_post_at", "-pk"]
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        constraints = [
            models.UniqueConstraint(fields=["target_type", "target_id", "key"], condition=Q(key__isnull=False), name="thread_once"),
            models.UniqueConstraint(fields=["target_type", "target_id"], condition=Q(kind=ThreadKind.MESSAGES), name="messages_once"),
            models.CheckConstraint(condition=~Q(title="") | Q(kind=ThreadKind.MESSAGES), name="discussion_has_title"),
        ]
        indexes = [
            models.Index(
                "target_type", "target_id", "kind", F("is_pinned").desc(), F("last_post_at").desc(), F("id").desc(), name="thread_listed"
            ),
            GinIndex(fields=["vector"], name="thread_vector"),
        ]

    def __str__(self):
        return self.title or self.get_kind_display()

    def get_absolute_url(self):
        """Discussions stand behind the address of their noun, by the URLconf of its app; messages on the noun's own page."""
        there = self.target.get_absolute_url()
        return f"{there}discussions/{self.pk}/" if self.kind == ThreadKind.DISCUSSION else there

    def clean(self):
        if self.kind == ThreadKind.DISCUSSION and not has_words(self.title):
            raise ValidationError({"title": _("Give the discussion a title, so that others see what it is about.")})

    @property
    def is_closed(self):
        return self.closed_at is not None

    @property
    def is_removed(self):
        return self.removed_at is not None


class Post(models.Model):
    """What somebody wrote in a thread. `number` is given under the thread's lock, from 1. Only its actions write it.

    What was taken away keeps its place and its number; its text is read by moderators only. `key` comes with the form.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField(editable=False)
    key = models.UUIDField(null=True, blank=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="posts"
    )
    text = models.TextField(_("text"), max_length=POST_LIMIT)
    language = models.CharField(_("language"), max_length=8)
    quoted = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    edit_count = models.PositiveIntegerField(default=0, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_by = by()
    reason = models.TextField(max_length=REASON_LIMIT, blank=True, editable=False)
    vector = models.GeneratedField(expression=TextVector({"text": "D"}, folded=["text"]), output_field=SearchVectorField(), db_persist=True)

    objects = PostQuerySet.as_manager()
    #: Whether the verb that returned it found it written already, by the same form.
    is_repeat = False

    class Meta:
        ordering = ["number"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="post_number"),
            models.UniqueConstraint(fields=["thread", "key"], condition=Q(key__isnull=False), name="post_once"),
        ]
        indexes = [GinIndex(fields=["vector"], name="post_vector")]

    def __str__(self):
        return Truncator(" ".join(self.text.split())).chars(80)

    @property
    def is_removed(self):
        return self.removed_at is not None


class PostVersion(models.Model):
    """What a post said before it was edited; `written_at` is when it began to say so. Never changed."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=POST_LIMIT)
    language = models.CharField(max_length=8)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        verbose_name = _("earlier version of a post")
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="post_version_number")]

    def __str__(self):
        return f"{self.post_id} no. {self.number}"


class Useful(models.Model):
    """A member found a post useful."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="useful")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="found_useful")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("post found useful")
        constraints = [models.UniqueConstraint(fields=["post", "user"], name="useful_once")]

    def __str__(self):
        return f"{self.user_id}: {self.post_id}"


class ReadMarker(models.Model):
    """How far a member has read a thread: the number of the last post seen."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="read_markers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="read_markers")
    last_number = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("how far a discussion was read")
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="read_marker_once")]

    def __str__(self):
        return f"{self.user_id} in {self.thread_id}: {self.last_number}"


class PostDraft(Targeted):
    """What a member is writing: a post in `thread`, or without one a new thread on the target. One of each."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="post_drafts")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts")
    title = models.CharField(max_length=TITLE_LIMIT, blank=True)
    text = models.TextField(max_length=POST_LIMIT, blank=True)
    quoted = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = PostDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a post")
        constraints = [
            models.UniqueConstraint(fields=["user", "thread"], condition=Q(thread__isnull=False), name="post_draft_once"),
            models.UniqueConstraint(
                fields=["user", "target_type", "target_id"], condition=Q(thread__isnull=True), name="thread_draft_once"
            ),
        ]

    def __str__(self):
        return f"{self.user_id}: {Truncator(self.text).chars(40)}"

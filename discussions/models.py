"""Who is called by name in a post, and who wants to hear nothing of a thread."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conversations.models import Post, Thread


class Mention(models.Model):
    """A member called by name in a post: `@[name]` stands in its text. Only the verbs of posts write it."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions")
    name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("mention")
        constraints = [models.UniqueConstraint(fields=["post", "name"], name="mention_once")]

    def __str__(self):
        return f"{self.post_id}: {self.user_id}"


class Mute(models.Model):
    """A member wants to hear nothing of a thread: neither its posts nor, by mail, of being mentioned in it."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="mutes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="muted_threads")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("muted discussion")
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="mute_once")]

    def __str__(self):
        return f"{self.user_id}: {self.thread_id}"

"""What is kept about other nouns: who did what, and the files that belong to them. Targets are generic."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.targeted import Targeted
from records.enums import ReportOutcome, ReportReason
from records.querysets import ReportQuerySet, TargetedQuerySet


class AuditEntry(Targeted):
    """One verb that somebody carried out on a noun. Written in the verb's transaction, never changed."""

    verb = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    note = models.TextField(blank=True)
    changes = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["target_type", "target_id", "-at"], name="audit_target")]

    def __str__(self):
        return f"{self.verb} {self.target_type_id}:{self.target_id}"


class AttachmentKind(models.TextChoices):
    PICTURE = "picture", pgettext_lazy("attachment", "Picture")
    DOCUMENT = "document", pgettext_lazy("attachment", "Document")
    LOGO = "logo", pgettext_lazy("attachment", "Logo")


def storage_path(attachment, _name):
    """Files are stored under their uuid; the name people gave them stands in the row only."""
    return f"attachments/{attachment.uuid.hex[:2]}/{attachment.uuid}"


class Attachment(Targeted):
    """A picture or document of a noun, served at `/files/<uuid>/<name>` to those who may see the noun."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=AttachmentKind)
    file = models.FileField(upload_to=storage_path, max_length=200)
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="bytes")
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    title = models.CharField(max_length=200, blank=True)
    alt = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=8, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TargetedQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["target_type", "target_id", "kind"], name="attachment_target")]

    def __str__(self):
        return self.title or self.name

    def get_absolute_url(self):
        return reverse("records:file", args=[self.uuid, self.name])

    @property
    def small_name(self):
        """The stored name of the small copy, which only large pictures have."""
        return f"{self.file.name}-small"


class Version(Targeted):
    """What a noun said after somebody's save, as plain data of the noun's own making; kept beside the noun, never changed."""

    number = models.PositiveIntegerField()
    content = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=300, blank=True)
    #: Saved while typing: the next such save of the same person replaces it.
    is_automatic = models.BooleanField(default=False)

    objects = TargetedQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["target_type", "target_id", "number"], name="version_once")]

    def __str__(self):
        return f"{self.target_type_id}:{self.target_id} no. {self.number}"


class EditNotice(Targeted):
    """Somebody has a noun open for editing; `at` is when that was last heard of. Advice for others, never a lock."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target_type", "target_id", "by"], name="edit_notice_once")]

    def __str__(self):
        return f"{self.by_id} edits {self.target_type_id}:{self.target_id}"


class Report(Targeted):
    """A member thinks that something is wrong with a noun; open until a moderator has dealt with it."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="reports")
    reason = models.CharField(_("reason"), max_length=10, choices=ReportReason)
    text = models.TextField(_("what is wrong"), max_length=2_000, blank=True)
    outcome = models.CharField(max_length=10, choices=ReportOutcome, default=ReportOutcome.OPEN)
    note = models.TextField(max_length=2_000, blank=True, help_text="what the moderator wrote to the reporter")
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["target_type", "target_id", "by"], condition=models.Q(outcome=ReportOutcome.OPEN), name="report_once_while_open"
            ),
        ]
        indexes = [models.Index(fields=["created_at"], condition=models.Q(outcome=ReportOutcome.OPEN), name="report_waiting")]

    def __str__(self):
        return f"{self.reason} {self.target_type_id}:{self.target_id}"


class Assignment(Targeted):
    """The moderator who has taken something that waits. A noun without a row is everybody's."""

    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target_type", "target_id"], name="assigned_once")]

    def __str__(self):
        return f"{self.target_type_id}:{self.target_id} for {self.moderator_id}"

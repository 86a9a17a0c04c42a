"""What the portal keeps about a member's own rights: the copy of what is held on them, and their farewell."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PersonalFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A copy is for the one person it is about, moderators included among those who do not see it."""
        return self.filter(user=user) if getattr(user, "is_active", False) else self.none()

    def ready(self, now):
        return self.filter(ready_at__isnull=False, expires_at__gt=now)


def storage_path(copy, _name):
    return f"copies/{copy.uuid.hex[:2]}/{copy.uuid}"


class PersonalFile(models.Model):
    """One member's copy of everything held on them; made by a task, kept for some days. One for each member at a time."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="personal_file")
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    language = models.CharField(max_length=8)
    file = models.FileField(upload_to=storage_path, max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="bytes")
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy of what is held on a member")
        indexes = [models.Index(fields=["expires_at"], name="personal_file_expires")]

    def __str__(self):
        return str(self.uuid)

    def get_absolute_url(self):
        return reverse("portal:privacy")


class Farewell(models.Model):
    """A member asked to be erased: closed at once, erased at `due_at` unless the member comes back."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="farewell")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        verbose_name = _("farewell")
        indexes = [models.Index(fields=["due_at"], name="farewell_due")]

    def __str__(self):
        return f"{self.user_id} on {self.due_at:%Y-%m-%d}"

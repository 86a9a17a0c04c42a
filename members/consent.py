"""What members agreed to: kept as rows that are added and never changed, so that it can be shown later."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

TERMS = "terms"


class Consent(models.Model):
    """A member accepted a document in one version. `User.terms_version` repeats the newest one of the terms."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents")
    document = models.CharField(_("document"), max_length=20, choices=[(TERMS, _("Terms of use"))], default=TERMS)
    version = models.CharField(_("version"), max_length=40)
    at = models.DateTimeField(_("accepted"), default=timezone.now)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "document", "version"], name="consent_once")]

    def __str__(self):
        return f"{self.get_document_display()} {self.version}"

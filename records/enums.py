"""The words of reports, as in docs/concepts.md."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ReportReason(models.TextChoices):
    """Why somebody reports a noun; in the order of the form."""

    WRONG = "wrong", pgettext_lazy("report", "It is wrong or misleading")
    OFFENSIVE = "offensive", pgettext_lazy("report", "It is offensive or against the law")
    PERSONAL = "personal", pgettext_lazy("report", "It tells what is personal")
    RIGHTS = "rights", pgettext_lazy("report", "It uses work of others without permission")
    SPAM = "spam", pgettext_lazy("report", "It is advertising or spam")
    OTHER = "other", pgettext_lazy("report", "Something else")


class ReportOutcome(models.TextChoices):
    """What a moderator did about a report."""

    OPEN = "open", pgettext_lazy("report", "Waiting")
    DISMISSED = "dismissed", pgettext_lazy("report", "Nothing done")
    SETTLED = "settled", pgettext_lazy("report", "Settled otherwise")
    HIDDEN = "hidden", pgettext_lazy("report", "Hidden")
    SUSPENDED = "suspended", pgettext_lazy("report", "Member suspended")

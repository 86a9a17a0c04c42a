"""The words of projects, as in docs/concepts.md."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    DEMONSTRATION = "demonstration", pgettext_lazy("project kind", "Demonstration")
    PILOT = "pilot", pgettext_lazy("project kind", "Pilot")
    RESEARCH = "research", pgettext_lazy("project kind", "Research and innovation")
    PROCUREMENT = "procurement", pgettext_lazy("project kind", "Procurement")
    ROLLOUT = "rollout", pgettext_lazy("project kind", "Roll-out")


class Phase(models.TextChoices):
    """In the order of a project's life; a stopped project says why."""

    IDEA = "idea", pgettext_lazy("phase", "Idea")
    PLANNING = "planning", pgettext_lazy("phase", "Planning")
    DEMONSTRATION = "demonstration", pgettext_lazy("phase", "Demonstration")
    EVALUATION = "evaluation", pgettext_lazy("phase", "Evaluation")
    OPERATION = "operation", pgettext_lazy("phase", "In operation")
    STOPPED = "stopped", pgettext_lazy("phase", "Stopped")


class PartnerRole(models.TextChoices):
    LEAD = "lead", pgettext_lazy("partner role", "Lead")
    PARTNER = "partner", pgettext_lazy("partner role", "Partner")
    SUPPLIER = "supplier", pgettext_lazy("partner role", "Supplier")
    RESEARCH = "research", pgettext_lazy("partner role", "Research")
    FUNDER = "funder", pgettext_lazy("partner role", "Funder")
    TEST_SITE = "test_site", pgettext_lazy("partner role", "Test site")


class PartnerState(models.TextChoices):
    """What a partner organisation says to being named. It is asked when the project is published; a free name never is."""

    UNASKED = "", pgettext_lazy("partner", "Not asked")
    ASKED = "asked", pgettext_lazy("partner", "Asked to confirm")
    CONFIRMED = "confirmed", pgettext_lazy("partner", "Confirmed")
    DECLINED = "declined", pgettext_lazy("partner", "Declined")


#: What stands on a page and opens it to the partner's members: everything but a refusal.
NAMED = (PartnerState.UNASKED, PartnerState.ASKED, PartnerState.CONFIRMED)


class LessonKind(models.TextChoices):
    WORKED = "worked", pgettext_lazy("lesson", "Worked")
    SURPRISED = "surprised", pgettext_lazy("lesson", "Surprised us")
    FAILED = "failed", pgettext_lazy("lesson", "Did not work")

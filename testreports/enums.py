"""The words of test reports, as in docs/concepts.md."""

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a test report stands. A published one that others may not read yet is under *embargo*: shown, never a state."""

    DRAFT = "draft", pgettext_lazy("state", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("state", "Submitted")
    RETURNED = "returned", pgettext_lazy("state", "Returned")
    PUBLISHED = "published", pgettext_lazy("state", "Published")
    HIDDEN = "hidden", pgettext_lazy("state", "Hidden")


#: States in which the side that writes changes it; what stands in them has not been agreed.
WRITTEN = (State.DRAFT, State.RETURNED)


class Visibility(models.TextChoices):
    """Who may read a published report, once the embargo is over. `SIDES`: those who tested and the lab."""

    PUBLIC = "public", pgettext_lazy("visibility", "Public")
    MEMBERS = "members", pgettext_lazy("visibility", "Members")
    SIDES = "sides", pgettext_lazy("visibility", "Only the two sides of the test")


class GoesOn(models.TextChoices):
    """Whether the host would go on with what was tested: the host's own word."""

    YES = "yes", pgettext_lazy("would go on", "Yes")
    CHANGED = "changed", pgettext_lazy("would go on", "Yes, with changes")
    NO = "no", pgettext_lazy("would go on", "No")
    OPEN = "open", pgettext_lazy("would go on", "Not decided yet")

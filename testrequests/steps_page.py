"""What the page of one step shows beside its form."""

from functools import cached_property

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from records.models import Attachment
from testrequests.completeness import missing, missing_to_send, remarks
from testrequests.forms import STEPS
from testrequests.forms.steps import NAMED

ORDER = list(STEPS)


def step_url(request, slug):
    """The first step has the address of editing itself."""
    if slug == ORDER[0]:
        return reverse("testrequests:edit", args=[request.pk])
    return reverse("testrequests:edit_step", args=[request.pk, slug])


class StepPage:
    """One step for one reader; `places` and `hidden` belong to a request that is not there yet."""

    def __init__(self, request, step, form, *, places=(), hidden=()):
        self.request, self.step, self.form, self.places, self.hidden = request, step, form, places, hidden

    @property
    def title(self):
        if self.request is None:
            return _("Ask for a test")
        return _("Your request") if self.request.is_draft else _("Change the request")

    @property
    def lead(self):
        if self.request:
            return self.request.title
        if self.places:
            lab, offer = self.places[0]
            return _("For %(offer)s at %(lab)s. You can ask other labs, too.") % {"offer": offer, "lab": lab} if offer else (
                _("At %(lab)s. You can ask other labs, too.") % {"lab": lab}
            )  # fmt: skip
        return _("One request, sent to one lab or to several: each answers by itself, and you compare.")

    @property
    def trail(self):
        trail = [(_("Home"), f"/{get_language()}/"), (_("Test requests"), reverse("testrequests:list"))]
        return [*trail, (self.request.title, self.request.get_absolute_url())] if self.request else trail

    @property
    def steps(self):
        """For the stepper: in an existing request each step is a button that saves this one first."""
        place = ORDER.index(self.step.slug)
        return [
            {"label": step.label, "current": number == place, "done": number < place, "button": self.request and step.slug, "form": "step"}
            for number, step in enumerate(STEPS.values())
        ]

    @property
    def is_live(self):
        return self.request is not None and not self.request.is_draft

    @property
    def save_url(self):
        """Where the script keeps what is typed; what the labs read already is saved by hand."""
        if self.request is None:
            return reverse("testrequests:save_new")
        return reverse("testrequests:save", args=[self.request.pk]) if self.request.is_draft else ""

    @cached_property
    def applications(self):
        return list(self.request.applications.select_related("lab", "offer__lab").prefetch_related("lab__texts", "offer__texts"))

    @property
    def gaps(self):
        """[(address, sentence)] of what is missing."""
        url = {name: step_url(self.request, step.slug) for step in STEPS.values() for name in step.form.base_fields if name not in NAMED}
        found = [(f"{url[name]}#id_{name}", sentence) for name, sentence in missing(self.request).items()]
        return found + [(step_url(self.request, "where"), words) for words in self._to_send]

    @property
    def _to_send(self):
        return missing_to_send(self.request, self.applications) if self.request.is_draft else []

    @property
    def remarks(self):
        """What does not fit what was chosen: the labs decide."""
        return [words for one in self.applications for words in remarks(self.request, one)]

    @cached_property
    def files(self):
        """[(file, whether it is confidential)]"""
        return [(file, False) for file in Attachment.objects.about(self.request)] + [
            (file, True) for file in Attachment.objects.about(self.request.confidential)
        ]

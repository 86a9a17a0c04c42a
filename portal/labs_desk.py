"""What of living labs waits for a member: pages that were sent back or begun, and partners who are asked."""

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.publishing import State
from livinglabs.models import LabPartner, LabText, LivingLab
from projects.enums import PartnerState

MOST = 10


def rows(user, writes_for):
    """The labs that wait. `writes_for`: the organisations in whose name the member writes."""
    own = Q(created_by=user)
    unfinished = Q(state=State.RETURNED) & (own | Q(organisation__in=writes_for)) | Q(state=State.DRAFT) & own
    asked = LabPartner.objects.filter(state=PartnerState.ASKED, organisation__in=writes_for, lab__state=State.PUBLISHED)
    return LivingLab.objects.visible_to(user).filter(unfinished | Q(pk__in=asked.values("lab")))


def waiting_labs(user, writes_for):
    """[(icon, title, address, words, label of the button, its address, state)]; two questions, whatever there is."""
    texts = Prefetch("texts", LabText.objects.defer("special", "story", "legal", "ethics", "keywords", "vector"))
    return [_line(lab) for lab in rows(user, writes_for).prefetch_related(texts).order_by("-updated_at", "-pk")[:MOST]]


def _line(lab):
    there = lab.get_absolute_url()
    edit = reverse("livinglabs:edit", args=[lab.slug])
    if lab.state == State.RETURNED:
        return "edit", str(lab), edit, lab.state_reason, pgettext("desk", "Mend"), edit, lab.state
    if lab.state == State.DRAFT:
        return "edit", str(lab), edit, _("Your draft is kept. Go on where you left it."), pgettext("desk", "Go on"), edit, lab.state
    words = _("Your organisation is named as a partner. Confirm or decline.")
    return "users", str(lab), there, words, pgettext("desk", "Answer"), there, ""

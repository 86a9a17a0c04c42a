"""What test requests add to the pages of labs and offers: the button to ask, and for the lab's people the way to their board."""

from urllib.parse import urlencode

from django.urls import reverse

from common.publishing import State
from livinglabs.sections import Section, register_section
from testrequests.enums import OPEN
from testrequests.forms.places import NOT_TESTED
from testrequests.models import Application


def ask_at_lab(page):
    if page.lab.state != State.PUBLISHED:
        return None
    return {"url": f"{reverse('testrequests:create')}?{urlencode({'lab': page.lab.slug})}"}


def ask_for_offer(page):
    offer = page.offer
    if offer.kind in NOT_TESTED or offer.state != State.PUBLISHED or page.lab.state != State.PUBLISHED:
        return None
    return {"url": f"{reverse('testrequests:create')}?{urlencode({'lab': page.lab.slug, 'offer': offer.slug})}"}


def board_of_lab(page):
    """For those who answer for it, with how many requests are open."""
    if not page.user.is_authenticated or not page.user.has_perm("livinglabs.answer", page.lab):
        return None
    number = Application.objects.filter(lab=page.lab, state__in=OPEN).count()
    return {"url": reverse("testrequests:board", args=[page.lab.slug]), "number": number}


register_section(
    Section("ask", "lab", "testrequests/_ask_button.html", ask_at_lab, "head", 10),
    Section("ask", "offer", "testrequests/_ask_button.html", ask_for_offer, "head", 10),
    Section("board", "lab", "testrequests/_board_button.html", board_of_lab, "head", 25),
)

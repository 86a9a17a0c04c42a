"""Every verb about a lab or an offer waits for its row, so that two at once come one after the other. The lab first, then its offers."""

from django.utils.translation import gettext as _

from common.errors import WrongState
from livinglabs.models import LivingLab, Offer


def locked_lab(lab):
    """The row as it stands now, locked until the transaction ends. Raises `WrongState` where it is gone."""
    row = LivingLab.objects.select_for_update(of=("self",)).select_related("organisation").filter(pk=lab.pk).first()
    if row is None:
        raise WrongState(_("This living lab is not here any more."), code="gone")
    return row


def locked_offer(offer):
    """The same for an offer. Whoever promises one of its units locks it by this first."""
    row = Offer.objects.select_for_update(of=("self",)).select_related("lab__organisation").filter(pk=offer.pk).first()
    if row is None:
        raise WrongState(_("This offer is not here any more."), code="gone")
    return row


def lock_offers(lab):
    """All offers of a lab, in one order for everybody."""
    return list(Offer.objects.select_for_update(of=("self",)).filter(lab=lab).order_by("pk"))


def refuse_hidden(noun):
    if noun.state == "hidden":
        raise WrongState(_("A moderator has hidden this; it cannot be changed now."), code="wrong_state")

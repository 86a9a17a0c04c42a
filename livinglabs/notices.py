"""What can be told of living labs, their partners and their offers."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from livinglabs.models import LivingLab
from notifications.kinds import Kind, register_area, register_followable, register_kind, register_reason

MINE = pgettext_lazy("group of notifications", "My living labs")
PARTNERS = pgettext_lazy("group of notifications", "Partners")
MODERATION = pgettext_lazy("group of notifications", "Moderation")
OPEN = _("Open the living lab")
OPEN_OFFER = _("Open the offer")

register_followable("lab", LivingLab, _("Living labs"), lambda user: LivingLab.objects.visible_to(user).prefetch_related("texts"))
register_reason("lab_team", _("You get this because you answer requests for the living lab."))
register_reason("lab_host", _("You get this because you write for the organisation that runs the living lab."))

register_area("labs", _("Living labs"), "lab", "lab_partner", "offer")
register_kind(
    Kind("lab.received", _("A living lab of mine is submitted"), MINE,
         _("“%(title)s” is submitted. A moderator looks at it next, and you hear what becomes of it."), OPEN, mail=False, icon="lab"),
    Kind("lab.published", _("A living lab is published"), MINE, _("%(organisation)s has published “%(title)s”."), OPEN, urgent=True,
         icon="lab"),
    Kind("lab.returned", _("A living lab of mine is returned"), MINE,
         _("A moderator has returned “%(title)s”. Mend what is named here and submit it again."), _("Mend the page"), urgent=True,
         icon="lab"),
    Kind("lab.hidden", _("A living lab of mine is hidden"), MINE,
         _("A moderator has hidden “%(title)s”. If you think that this is wrong, answer the moderators at the portal's contact address."),
         OPEN, urgent=True, icon="lab"),
    Kind("lab.withdrawn", _("A living lab of mine is withdrawn"), MINE,
         _("%(by)s has withdrawn “%(title)s”. Only members of %(organisation)s see it now."), OPEN, icon="lab"),
    Kind("lab.archived", _("A living lab of mine is archived"), MINE,
         _("%(by)s has archived “%(title)s”. It keeps its address and takes no requests."), OPEN, icon="lab"),
    Kind("lab.reopened", _("A living lab of mine is a draft again"), MINE,
         _("%(by)s has reopened “%(title)s” as a draft."), OPEN, mail=False, icon="lab"),
    Kind("lab_partner.asked", _("My organisation is named as a partner of a living lab"), PARTNERS,
         _("%(organisation)s names %(partner)s as a partner of “%(title)s”. Please confirm or decline on the page of the living lab."),
         _("Confirm or decline"), urgent=True, icon="lab"),
    Kind("lab_partner.confirmed", _("A partner of a living lab has confirmed"), PARTNERS,
         _("%(partner)s confirms to be a partner of “%(title)s”."), OPEN, icon="lab"),
    Kind("lab_partner.declined", _("A partner of a living lab has declined"), PARTNERS,
         _("%(partner)s declines to be a partner of “%(title)s”. It is no longer named on the page."), OPEN, urgent=True, icon="lab"),
    Kind("offer.published", _("A living lab offers something new"), MINE,
         _("%(lab)s offers “%(title)s”."), OPEN_OFFER, icon="lab"),
    Kind("offer.archived", _("An offer of my living lab is archived"), MINE,
         _("%(by)s has archived the offer “%(title)s” of %(lab)s."), OPEN_OFFER, mail=False, icon="lab"),
    Kind("offer.hidden", _("An offer of my living lab is hidden"), MINE,
         _("A moderator has hidden the offer “%(title)s” of %(lab)s."), OPEN_OFFER, urgent=True, icon="lab"),
    Kind("lab.submitted", _("A living lab waits for review"), MODERATION,
         _("%(organisation)s has submitted “%(title)s”. It waits for review."), _("Review the living lab"), icon="lab",
         many=ngettext_lazy("%(number)d living lab waits for review.", "%(number)d living labs wait for review.", "number"),
         about=None),
)  # fmt: skip

from django.utils.translation import gettext_lazy as _

from digests.sections.base import OLIVE, Published
from livinglabs.enums import OfferKind
from livinglabs.models import LivingLab, Offer


class NewLabs(Published):
    key = "labs"
    label = _("New living labs")
    about = _("New living labs on what you follow")
    colour = OLIVE
    model = LivingLab
    words = ("name", "summary")
    followed = (("municipality", "sites__municipality"), ("organisation", "organisation"))
    columns = ("slug", "organisation__name")
    address = "/living-labs/{0}/"

    def note(self, news, language):
        return news.facts[1]


class NewOffers(Published):
    key = "offers"
    label = _("New offers of living labs")
    about = _("What can be booked in living labs you follow, or on what you follow")
    colour = OLIVE
    model = Offer
    followed = (
        ("municipality", "lab__sites__municipality"), ("organisation", "lab__organisation"), ("lab", "lab"), ("theme", "lab__themes"),
    )  # fmt: skip
    columns = ("lab__slug", "slug", "kind")
    address = "/living-labs/{0}/offers/{1}/"

    def note(self, news, language):
        return str(OfferKind(news.facts[2]).label)

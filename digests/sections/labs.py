from django.utils.translation import gettext_lazy as _

from digests.sections.base import Published
from livinglabs.models import LivingLab, Offer


class NewLabs(Published):
    key = "labs"
    label = _("New living labs")
    about = _("New living labs on what you follow")
    model = LivingLab
    to_noun = "lab"
    words = ("name", "summary")
    by_place = "sites__municipality"

    def urls(self, keys):
        return {pk: f"/living-labs/{slug}/" for pk, slug in self.model.objects.filter(pk__in=keys).values_list("pk", "slug")}

    def values(self, rows):
        return [(pk, at, (name,)) for pk, at, name in rows.values_list("pk", "published_at", "organisation__name")]

    def note(self, news, language):
        return news.facts[0]


class NewOffers(Published):
    key = "offers"
    label = _("New offers of living labs")
    about = _("What can be booked in living labs you follow, or on what you follow")
    model = Offer
    to_noun = "offer"
    by_place = "lab__sites__municipality"
    by_organisation = "lab__organisation"

    def also(self):
        return [*super().also(), ("lab", "lab"), ("theme", "lab__themes")]

    def urls(self, keys):
        rows = self.model.objects.filter(pk__in=keys).values_list("pk", "lab__slug", "slug")
        return {pk: f"/living-labs/{lab}/offers/{slug}/" for pk, lab, slug in rows}

    def values(self, rows):
        return [(pk, at, (kind,)) for pk, at, kind in rows.values_list("pk", "published_at", "kind")]

    def note(self, news, language):
        return dict(Offer._meta.get_field("kind").flatchoices).get(news.facts[0], "")

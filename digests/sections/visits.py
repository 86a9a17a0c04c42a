from django.contrib.contenttypes.models import ContentType
from django.db.models import Value
from django.utils.translation import gettext as _

from bookings.models import Visit
from common.languages import UNSPECIFIED
from common.moments import clock, day_in_words
from digests.news import News, Told
from digests.schedule import zone_of
from digests.sections.base import words_of
from livinglabs.models import LivingLab
from organisations.enums import WRITERS

#: (why somebody hears, path to him or her, which of them); "guest" comes before "host".
SIDES = (
    ("guest", "asked_by", {}),
    ("host", "offer__lab__organisation__memberships__user", {"offer__lab__organisation__memberships__role__in": WRITERS}),
    ("host", "offer__lab__team__user", {"offer__lab__team__answers": True}),
)


class ComingVisits:
    """Confirmed visits: for whoever asked for one, and for those who answer for the lab. Who visits whom is nobody else's business."""

    word = "visit"
    kind = "visit.reminder"

    def due(self, chunk, cached, span):
        rows = Visit.objects.confirmed().filter(starts_at__gte=span[0], starts_at__lt=span[1]).order_by()
        facts = ("pk", "delegation", "starts_at", "offer__lab", "offer__lab__time_zone")
        first, *others = [
            rows.filter(**{f"{path}__in": chunk.users, **only}).values_list(Value(because), path, *facts) for because, path, only in SIDES
        ]
        found = {}
        for because, user, pk, *said in sorted(first.union(*others, all=True)):  # who asked for it is a guest, whatever else he or she is
            found.setdefault((user, pk), (because, *said))
        names = words_of(LivingLab, "lab", {lab for _because, _who, _at, lab, _zone in found.values()}, "name")
        for (user, pk), (because, delegation, at, lab, zone) in found.items():
            yield user, self._told(pk, delegation, at, names.get(lab), zone, because)

    def _told(self, pk, delegation, at, names, zone, because):
        kind, facts = ContentType.objects.get_for_model(Visit).pk, (self.word, at, zone, delegation)
        words = tuple((code, name, "") for code, name, _text in names) if because == "guest" else ((UNSPECIFIED, delegation, ""),)
        return Told(News("soon", (kind, pk), at, words, f"/visits/{pk}/", facts=facts, is_public=True), because)

    def note(self, facts, language):
        at, zone, _delegation = facts
        local = at.astimezone(zone_of(zone))
        return _("Visit on %(when)s") % {"when": f"{day_in_words(local)}, {clock(local)}"}

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from bookings.models import Visit
from common.languages import UNSPECIFIED
from common.moments import clock, day_in_words
from digests.news import News, Told
from digests.schedule import zone_of
from digests.sections.base import words_of
from livinglabs.models import LivingLab
from organisations.enums import WRITERS


class ComingVisits:
    """Confirmed visits: for whoever asked for one, and for those who answer for the lab. Who visits whom is nobody else's business."""

    word = "visit"
    kind = "visit.reminder"

    def due(self, chunk, cached, span):
        rows = Visit.objects.confirmed().filter(starts_at__gte=span[0], starts_at__lt=span[1]).order_by()
        facts = ("pk", "delegation", "starts_at", "offer__lab", "offer__lab__time_zone")
        guests = rows.filter(asked_by__in=chunk.users).values_list("asked_by", *facts)
        hosts = [
            rows.filter(**{f"{path}__user__in": chunk.users, **only}).values_list(f"{path}__user", *facts)
            for path, only in (
                ("offer__lab__organisation__memberships", {"offer__lab__organisation__memberships__role__in": WRITERS}),
                ("offer__lab__team", {"offer__lab__team__answers": True}),
            )
        ]
        invited = set(guests)
        received = set(hosts[0].union(hosts[1])) - invited
        names = words_of(LivingLab, "lab", {row[4] for row in invited | received}, "name")
        for because, found in (("guest", invited), ("host", received)):
            for user, pk, delegation, at, lab, zone in sorted(found):
                yield user, self._told(pk, delegation, at, names.get(lab), zone, because)

    def _told(self, pk, delegation, at, names, zone, because):
        kind, facts = ContentType.objects.get_for_model(Visit).pk, (self.word, at, zone, delegation)
        words = tuple((code, name, "") for code, name, _text in names) if because == "guest" else ((UNSPECIFIED, delegation, ""),)
        return Told(News("soon", (kind, pk), at, words, f"/visits/{pk}/", facts=facts, is_public=True), because)

    def note(self, facts, language):
        at, zone, _delegation = facts
        local = at.astimezone(zone_of(zone))
        return _("Visit on %(when)s") % {"when": f"{day_in_words(local)}, {clock(local)}"}

from django.contrib.contenttypes.models import ContentType
from django.db.models import Value
from django.utils.translation import gettext as _

from common.moments import day_in_words
from digests.news import News, Told
from digests.sections.action_points import end_of
from digests.sections.base import words_of
from livinglabs.models import LivingLab
from organisations.enums import WRITERS
from testrequests.enums import State, Turn
from testrequests.models import Application

#: (turn in which a side has to act, why its people hear, path to them, which of them).
SIDES = (
    (Turn.COMPANY, "asks", "organisation__memberships", {"role__in": WRITERS}),
    (Turn.LAB, "host", "lab__organisation__memberships", {"role__in": WRITERS}),
    (Turn.LAB, "host", "lab__team", {"answers": True}),
)


class TestDays:
    """Tests that begin or end, and days until which the reader's side has to act; between the two sides alone."""

    __test__ = False  # no test of pytest's
    word = "test"
    kind = "testrequest.due"

    def due(self, chunk, cached, span):
        rows = Application.objects.open().filter(due_on__gte=span[0].date(), due_on__lte=span[1].date()).order_by()
        first, *others = [self._of_side(rows, chunk.users, *side) for side in SIDES]
        found = {(row[0], row[1]): row for row in first.union(*others, all=True)}.values()
        names = words_of(LivingLab, "lab", {row[-2] for row in found}, "name")
        kind = ContentType.objects.get_for_model(Application).pk
        for user, pk, request, title, language, day, state, lab, because in sorted(found):
            facts = (self.word, day, state, names.get(lab, ()))
            url = f"/test-requests/{request}/{pk}/"
            news = News("soon", (kind, pk), end_of(day), ((language, title, ""),), url, facts=facts, is_public=True)
            yield user, Told(news, because)

    @staticmethod
    def _of_side(rows, users, turn, because, path, only):
        """Where it is this side's turn, or nobody's and a day is waited for."""
        people = {f"{path}__{name}": value for name, value in {**only, "user__in": users}.items()}
        rows = rows.filter(turn__in=(turn, Turn.BOTH, Turn.NOBODY), **people)
        columns = ("request", "request__title", "request__language", "due_on", "state", "lab")
        return rows.annotate(because=Value(because)).values_list(f"{path}__user", "pk", *columns, "because")

    def note(self, facts, language):
        day, state, names = facts
        said = {State.AGREED: _("The test begins on %(day)s"), State.RUNNING: _("The test runs until %(day)s")}.get(
            state, _("Your side acts by %(day)s")
        )
        lab = next((name for code, name, _text in names if code == language), names[0][1] if names else "")
        return " · ".join(part for part in (lab, said % {"day": day_in_words(day)}) if part)

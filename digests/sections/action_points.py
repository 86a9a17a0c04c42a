from datetime import UTC, datetime, time

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _

from common.languages import UNSPECIFIED
from common.moments import day_in_words
from digests.news import News, Told
from events.models import ActionPoint, Event
from notifications.access import may_see


def end_of(day):
    """The moment at which a day is over, on the portal's clock."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=timezone.get_default_timezone()).astimezone(UTC)


class DueActions:
    """Action points the reader has to do."""

    word = "action"
    kind = "event.action_due"

    def due(self, chunk, cached, span):
        """(member, Told) of each, as long as the member sees the meeting it was agreed at."""
        rows = ActionPoint.objects.open().in_use().filter(owner__in=chunk.users)
        rows = rows.filter(due_on__gte=span[0].date(), due_on__lte=span[1].date()).order_by("due_on", "pk")
        rows = list(rows.values_list("pk", "owner", "event", "event__group", "text", "due_on"))
        people = {reader.user.pk: reader.user for reader in chunk.readers}
        kind, meeting = (ContentType.objects.get_for_model(model).pk for model in (ActionPoint, Event))
        asked = [(people[user], meeting, event) for _pk, user, event, group, *_rest in rows if (user, group) not in chunk.belongs]
        seen = may_see(asked) if asked else ()
        for pk, user, event, group, text, day in rows:
            if (user, group) in chunk.belongs or (user, meeting, event) in seen:
                words, url = ((UNSPECIFIED, text, ""),), f"/events/action-points/#action-{pk}"
                yield user, Told(News("soon", (kind, pk), end_of(day), words, url, facts=(self.word, day), is_public=True), "owner")

    def note(self, facts, language):
        return _("Due on %(day)s") % {"day": day_in_words(facts[0])}

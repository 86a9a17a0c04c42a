from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from common.languages import language_codes
from digests.news import News, Told
from digests.sections.base import Section
from notifications.composing import entry_path
from notifications.kinds import KINDS, UNREAD, governing
from notifications.models import Notification
from notifications.wording import sentence

MOST = 50


class Unread(Section):
    """What concerns the reader in person, was not mailed at once and is unread."""

    key = "unread"
    label = _("Not read yet")
    about = _("Answers and news that concern you in person and that you have not read")

    def for_readers(self, chunk, cached):
        found = {reader.user.pk: [] for reader in chunk.readers}
        people = {reader.user.pk: reader for reader in chunk.readers}
        rows = Notification.objects.unread().filter(user__in=chunk.users, entry__at__gte=chunk.since, entry__at__lt=chunk.until)
        # What other sections tell, in better words, is not told here: discussions by their markers, minutes, files, days that come near.
        elsewhere = [name for name, kind in KINDS.items() if kind.digest != UNREAD]
        rows = rows.exclude(reason="follow").exclude(entry__kind__in=elsewhere).select_related("entry__by").order_by("-pk")
        rows = [row for row in rows if governing(row.entry.kind, row.reason) not in chunk.declined.get(row.user_id, ())]
        for row in rows:
            reader = people[row.user_id]
            if reader.since <= row.entry.at < reader.until and len(found[row.user_id]) < MOST:
                found[row.user_id].append(Told(self._news(row, cached), "unread"))
        return found

    def _news(self, row, cached):
        """Whether the reader may see its noun is asked afterwards."""
        return cached((self.key, row.entry_id), lambda: News(
            self.key, (row.entry.target_type_id, row.entry.target_id), row.entry.at, self._words(row.entry), row.entry.url,
            paths=tuple((code, entry_path(row.entry, code)) for code in language_codes()),
        ))  # fmt: skip

    @staticmethod
    def _words(entry):
        found = []
        for code in language_codes():
            with override(code):
                found.append((code, sentence(entry), entry.note[:300]))
        return tuple(found)

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.languages import UNSPECIFIED
from common.publishing import READABLE
from digests.news import News, Told
from digests.sections.base import GREEN, Section, group_names
from workinggroups.models import Resource, WorkingGroup


class Files(Section):
    """Files and links that others added to the reader's groups, and new versions of files."""

    key = "files"
    label = gettext_lazy("New files in your working groups")
    about = gettext_lazy("Files, new versions of files and links in your working groups")
    colour = GREEN

    def for_readers(self, chunk, cached):
        if not chunk.groups:
            return {}
        index, kind = (
            cached((self.key, "index"), lambda: self._index(chunk.window, cached)),
            ContentType.objects.get_for_model(WorkingGroup).pk,
        )
        found = {}
        for reader in chunk.readers:
            muted = chunk.muted.get(reader.user.pk, ())
            mine = [
                Told(news, (kind, group))
                for group in chunk.groups.get(reader.user.pk, ()) if (kind, group) not in muted
                for news, by in index.get(group, ()) if by != reader.user.pk and reader.since <= news.at < reader.until
            ]  # fmt: skip
            found[reader.user.pk] = sorted(mine, key=lambda told: told.news.at, reverse=True)
        return found

    def _index(self, window, cached):
        """{group: [(news, who added it)]}. Whoever belongs to a group reads all of it, so that nobody need be asked."""
        since, until = window
        rows = Resource.objects.filter(removed_at=None, group__state__in=READABLE).annotate(at=Coalesce("current__at", "created_at"))
        columns = ("group", "group__slug", "language", "title", "description", "current__number", "at", "created_by", "current__by")
        rows = list(rows.filter(at__gte=since, at__lt=until).order_by("-at", "-pk").values_list("pk", *columns))
        names, kind = group_names({row[1] for row in rows}, cached), ContentType.objects.get_for_model(Resource).pk
        index = defaultdict(list)
        for pk, group, slug, language, title, text, version, at, added_by, by in rows:
            words, facts = ((language or UNSPECIFIED, title, text),), (names.get(group, ()), version)
            news = News(self.key, (kind, pk), at, words, f"/working-groups/{slug}/resources/{pk}/", facts=facts, is_public=True)
            index[group].append((news, by if version else added_by))
        return index

    def kind_of(self, news):
        _names, version = news.facts
        return "workinggroup.file_changed" if version and version > 1 else "workinggroup.resource_added"

    def note(self, news, language):
        names, version = news.facts
        what = _("Link") if version is None else _("Version %(number)d") % {"number": version} if version > 1 else _("New file")
        group = next((name for code, name, _text in names if code == language), names[0][1] if names else "")
        return " · ".join(part for part in (group, what) if part)

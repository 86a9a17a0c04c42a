"""Files and links of a group as a reader sees them: a folder, what search in the group finds, one resource with its versions."""

from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, F
from django.urls import reverse
from django.utils.translation import gettext as _

from common.publishing import State
from common.search import Matches, Rank, TextQuery, parse
from common.sorting import sorted_by_name
from workinggroups.actions.locking import IN_USE
from workinggroups.models import FileVersion, Folder, Resource
from workinggroups.page import GroupPage
from workinggroups.shown import Line

A_PAGE = 40


def folders_of(group):
    """Every folder of a group as lists show them: by name, those in others after these."""
    rows = list(group.folders.select_related("parent"))
    for row in rows:
        row.group = group
    below = {}
    for row in sorted_by_name(rows, name=lambda row: row.name):
        below.setdefault(row.parent_id, []).append(row)
    return [one for top in below.get(None, ()) for one in (top, *below.get(top.pk, ()))]


class ShelfPage(GroupPage):
    """The tab of files and links. The number of queries does not grow with folders, files or versions."""

    resource = None

    def __init__(self, group, user, parameters=None, folder=None):
        super().__init__(group, user, "resources")
        self.folder, self.parameters = folder, parameters if parameters is not None else {}
        self.search = parse(self.parameters.get("q", ""))
        self.by_name = self.parameters.get("sort") == "name"

    @property
    def trail(self):
        if not (self.resource or self.folder):
            return super().trail
        start = (_("Files and links"), reverse("workinggroups:resources", args=[self.group.slug]))
        return [*super().trail, start, *((one.name, one.get_absolute_url()) for one in self.above)]

    @property
    def above(self):
        """The folders between the tab and this page."""
        return self.way_up

    @property
    def writes(self):
        """Whether this reader adds something now."""
        return self.group.state in IN_USE and self.user.has_perm("workinggroups.write", self.group)

    @property
    def seen(self):
        return Resource.objects.visible_to(self.user).filter(group=self.group)

    # ---- folders

    @cached_property
    def all_folders(self):
        return folders_of(self.group)

    @cached_property
    def in_folders(self):
        """`{folder: number of resources this reader sees in it and below}`."""
        rows = self.seen.filter(folder__isnull=False).order_by().values_list("folder").annotate(number=Count("pk"))
        own = dict(rows)
        below = {}
        for one in self.all_folders:
            below[one.parent_id] = below.get(one.parent_id, 0) + own.get(one.pk, 0)
        return {one.pk: own.get(one.pk, 0) + below.get(one.pk, 0) for one in self.all_folders}

    @cached_property
    def folders(self):
        """[(folder, number)] where the reader stands; who adds nothing is not shown empty ones."""
        here = [one for one in self.all_folders if one.parent_id == (self.folder.pk if self.folder else None)]
        return [(one, self.in_folders[one.pk]) for one in here if self.writes or self.is_member or self.in_folders[one.pk]]

    @cached_property
    def way_up(self):
        """The folders above the one the reader stands in, the top first."""
        return [self.folder.parent] if self.folder and self.folder.parent_id else []

    @property
    def is_shown(self):
        """Whether this folder exists for this reader."""
        return self.folder is None or self.writes or self.is_member or bool(self.in_folders.get(self.folder.pk))

    # ---- resources

    @cached_property
    def lines(self):
        """A page whose rows are `Line`s: what stands in the folder, or what the words find in all of them."""
        paginator = Paginator(self._found(), A_PAGE)
        page = paginator.get_page(self.parameters.get("page"))
        page.object_list = self._lines(page.object_list)
        return page

    def _found(self):
        rows = self.seen
        if self.search:
            if self.search.wanted:
                query = TextQuery(self.search.wanted)
                rows = rows.filter(Matches(F("vector"), query)).annotate(rank=Rank(F("vector"), query))
                rows = rows.order_by("-rank", "-changed_at", "-pk")
            if self.search.unwanted:
                rows = rows.exclude(Matches(F("vector"), TextQuery(self.search.unwanted, every=False, prefix=False)))
        else:
            rows = rows.filter(folder=self.folder)
        if self.by_name:
            return [pk for pk, _title in sorted_by_name(rows.order_by("pk").values_list("pk", "title"), name=lambda row: row[1])]
        return rows.values_list("pk", flat=True)

    def _lines(self, keys):
        keys = list(keys)
        rows = {row.pk: row for row in Resource.objects.filter(pk__in=keys).for_lists()}
        names = {one.pk: one for one in self.all_folders} if self.search else {}
        return [Line(self._known(rows[pk]), self, names.get(rows[pk].folder_id)) for pk in keys if pk in rows]

    def _known(self, row):
        row.group = self.group
        return row

    @property
    def orders(self):
        """For the toggle: newest first, or by name."""
        address = self.folder.get_absolute_url() if self.folder else reverse("workinggroups:resources", args=[self.group.slug])
        words = {"q": self.search.typed} if self.search else {}
        first = ("", "search", _("Best match")) if self.search.wanted else ("", "clock", _("Newest"))
        return [
            {"label": label, "icon": icon, "current": self.by_name == bool(sort),
             "url": f"{address}?{urlencode(words | ({'sort': sort} if sort else {}))}"}
            for sort, icon, label in (first, ("name", "sort", _("By name")))
        ]  # fmt: skip

    @cached_property
    def removed_count(self):
        """What this member may bring back."""
        return removed_for(self.group, self.user).count() if self.is_member or self.moderates else 0

    @property
    def moderates(self):
        return self.user.is_authenticated and self.user.may_act and self.user.is_moderator and self.group.state != State.DRAFT


def removed_for(group, user):
    """What was removed and this reader may bring back: those who lead the group all, others what they added."""
    rows = group.resources.removed().select_related("group", "current", "removed_by").defer("vector").order_by("-removed_at", "-pk")
    if user.has_perm("workinggroups.change", group) or (user.may_act and user.is_moderator):
        return rows
    return rows.filter(created_by=user) if user.has_perm("workinggroups.write", group) else rows.none()


class ResourcePage(ShelfPage):
    """One resource: what it is, every version of a file, and the forms of those who write."""

    def __init__(self, group, user, resource):
        super().__init__(group, user, folder=resource.folder)
        resource.group = group
        self.resource, self.line = resource, Line(resource, self)

    @cached_property
    def versions(self):
        """[(version, file, whether it is the newest)], the newest first."""
        if self.resource.is_link:
            return []
        rows = FileVersion.objects.filter(resource=self.resource).select_related("by").prefetch_related("attachments")
        return [(row, row.file, row.pk == self.resource.current_id) for row in rows]

    @property
    def added_by(self):
        person = self.resource.created_by
        return person.shown_name if person and self.names_people else ""

    @property
    def may_remove(self):
        is_possible = self.group.state in IN_USE or self.moderates
        return is_possible and self.user.has_perm("workinggroups.remove_resource", self.resource)

    @property
    def above(self):
        return [*self.way_up, *([self.folder] if self.folder else [])]


def folder_in(group, pk):
    """A folder of the group with the one it stands in, or None."""
    folder = Folder.objects.select_related("parent").filter(group=group, pk=pk).first()
    if folder:
        folder.group = group
        if folder.parent_id:
            folder.parent.group = group
    return folder

"""Members and resources of a group as lines of lists. Visitors read who leads it; members of the portal read everybody's name."""

from functools import cached_property

from django.core.paginator import Paginator

from organisations.models import Organisation
from records.files import described
from workinggroups.enums import CHAIRS

A_PAGE = 60


class Members:
    """The members of one group for one reader, in a constant number of queries."""

    def __init__(self, group, user, number):
        self.group, self.user, self.number = group, user, number
        self.sees_all = bool(getattr(user, "may_act", False))

    @cached_property
    def rows(self):
        found = self.group.memberships.select_related("user__profile", "organisation").in_order()
        return found if self.sees_all else found.filter(role__in=CHAIRS)

    def first(self, number):
        return self._lines(self.rows[:number])

    def page(self, wanted):
        """A page whose rows are lines."""
        paginator = Paginator(self.rows, A_PAGE)
        if self.sees_all:
            paginator.count = self.number  # counted already
        page = paginator.get_page(wanted)
        page.object_list = self._lines(page.object_list)
        return page

    def _lines(self, rows):
        """[{membership, name, url, note}]: the name leads to the member's page where this reader may open it."""
        return [{"membership": row, "name": row.user.shown_name, "url": self._page_of(row.user), "note": self._note(row)} for row in rows]

    def _page_of(self, person):
        profile = getattr(person, "profile", None)
        if profile is not None:
            profile.user = person
        return profile.get_absolute_url() if profile and self.user.has_perm("members.see_profile", profile) else ""

    def _note(self, row):
        verified = row.organisation and row.organisation.verified_at
        return f"{row.get_role_display()} · {row.organisation.name}" if verified else row.get_role_display()

    @cached_property
    def organisations(self):
        """Verified organisations the members come from, by name."""
        rows = Organisation.objects.filter(verified_at__isnull=False, group_memberships__group=self.group)
        return list(rows.distinct().order_by("name", "pk"))


class Line:
    """One resource in a list."""

    def __init__(self, resource, page, folder=None):
        self.resource, self.page, self.folder = resource, page, folder

    @property
    def icon(self):
        if self.resource.is_link:
            return "link"
        return "image" if self.resource.file and self.resource.file.width else "file"

    @property
    def url(self):
        """The file or the page itself; what is said of it stands one link beside."""
        if self.resource.is_link:
            return self.resource.url
        return self.resource.file.get_absolute_url() if self.resource.file else self.resource.get_absolute_url()

    @property
    def facts(self):
        """“PDF, 2.1 MB, Danish”, or the site of a link."""
        return self.resource.host if self.resource.is_link else described(self.resource.file) if self.resource.file else ""

    @property
    def who(self):
        """Who changed it last, for those who may read names; "" for others."""
        person = self.resource.changed_by
        return person.shown_name if person and self.page.names_people else ""

    @property
    def version(self):
        number = self.resource.current.number if self.resource.current else 0
        return number if number > 1 else 0

    @property
    def is_internal(self):
        return self.resource.audience == "members"

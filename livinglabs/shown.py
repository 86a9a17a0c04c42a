"""Who runs a lab and which files it has, as readers see them."""

from common.markup import avatar, lang_attribute
from projects.enums import NAMED, PartnerState
from records.files import described


class Team:
    """The team for one reader. Members of the portal are read by members; by visitors where their own page is for everybody."""

    def __init__(self, lab, user):
        self.user = user
        self.rows = list(lab.team.select_related("user__profile"))

    @property
    def lines(self):
        """[{name, task, url, answers}]"""
        sees_all = bool(getattr(self.user, "may_act", False))
        found = []
        for row in self.rows:
            url = self._page_of(row.user) if row.user_id else ""
            if row.user_id and not (row.user.may_act and (sees_all or url)):
                continue
            found.append({"name": str(row), "task": row.task, "url": url, "answers": row.answers})
        return found

    def _page_of(self, person):
        """The address of a member's page that this reader may open; "" otherwise."""
        profile = getattr(person, "profile", None)
        if profile is not None:
            profile.user = person
        return profile.get_absolute_url() if profile and self.user.has_perm("members.see_profile", profile) else ""


def partners_of(rows):
    """[(avatar, name, address, role, whether confirmed)]; a proposal has no page for everybody, so it is named without an address."""
    rows = [row for row in rows if row.state in NAMED]
    return [
        (avatar(str(row), logo=True, size="small"), str(row), _page_of(row.organisation), row.get_role_display(),
         row.state == PartnerState.CONFIRMED)
        for row in rows
    ]  # fmt: skip


def _page_of(organisation):
    return organisation.get_absolute_url() if organisation and organisation.verified_at else ""


def files_of(files):
    """{pictures: [(address, width, height, alternative, title)], documents: [(title, address, lang attribute, words)]}."""
    pictures = [(one.get_absolute_url(), one.width, one.height, one.alt, one.title) for one in files if one.width]
    documents = [(str(one), one.get_absolute_url(), lang_attribute(one.language), described(one)) for one in files if not one.width]
    return {"pictures": pictures, "documents": documents}

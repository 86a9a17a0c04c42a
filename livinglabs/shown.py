"""Who runs a lab and which files it has, as readers see them."""

from common.markup import avatar, lang_attribute
from members.models import Profile
from projects.enums import NAMED, PartnerState
from records.files import described
from records.models import AttachmentKind


class Team:
    """The team for one reader. Members of the portal are read by members; by visitors where their own page is for everybody."""

    def __init__(self, lab, user):
        self.user = user
        self.rows = list(lab.team.select_related("user"))

    @property
    def lines(self):
        """[{name, task, url, answers}]"""
        profiles = self._profiles()
        sees_all = bool(getattr(self.user, "may_act", False))
        found = []
        for row in self.rows:
            if row.user_id and (not row.user.may_act or not (sees_all or row.user_id in profiles)):
                continue
            url = profiles[row.user_id].get_absolute_url() if row.user_id in profiles else ""
            found.append({"name": str(row), "task": row.task, "url": url, "answers": row.answers})
        return found

    def _profiles(self):
        """`{member: profile}` of those whose page this reader may open; one query."""
        keys = [row.user_id for row in self.rows if row.user_id]
        return {one.user_id: one for one in Profile.objects.visible_to(self.user).filter(user__in=keys)} if keys else {}


def partners_of(lab):
    """[(avatar, name, address, role, whether confirmed)]; a proposal has no page for everybody, so it is named without an address."""
    rows = [row for row in lab.partners.select_related("organisation") if row.state in NAMED]
    return [
        (avatar(str(row), logo=True, size="small"), str(row), _page_of(row.organisation), row.get_role_display(),
         row.state == PartnerState.CONFIRMED)
        for row in rows
    ]  # fmt: skip


def _page_of(organisation):
    return organisation.get_absolute_url() if organisation and organisation.verified_at else ""


def files_of(lab):
    """{pictures: [(address, width, height, alternative, title)], documents: [(title, address, lang attribute, words)]}; one query."""
    files = list(lab.attachments.exclude(kind=AttachmentKind.LOGO))
    pictures = [(one.get_absolute_url(), one.width, one.height, one.alt, one.title) for one in files if one.width]
    documents = [(str(one), one.get_absolute_url(), lang_attribute(one.language), described(one)) for one in files if not one.width]
    return {"pictures": pictures, "documents": documents}

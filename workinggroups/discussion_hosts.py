"""Groups are talked in: who writes and leads is said by the group, and a closed group is read only."""

from django.utils.translation import gettext_lazy as _

from common.publishing import State
from conversations.models import Thread
from discussions.hosts import Host, register_host
from members.models import User
from workinggroups.actions import touch
from workinggroups.actions.locking import IN_USE, locked
from workinggroups.models import GroupMembership, WorkingGroup
from workinggroups.page import GroupPage, Tab, register_tab


def members_of(group):
    """Everybody who belongs to it and may act; observers, too."""
    return User.objects.filter(group_memberships__group=group, is_active=True, suspended_at__isnull=True)


def news_of(group):
    return dict(group.memberships.acting().values_list("user_id", "news"))


def notes_on(group, people):
    """The role, and the organisation where it is verified."""
    rows = GroupMembership.objects.filter(group=group, user__in=people).select_related("organisation")
    return {row.user_id: _note(row) for row in rows}


def _note(row):
    verified = row.organisation and row.organisation.verified_at
    return f"{row.get_role_display()} · {row.organisation.name}" if verified else row.get_role_display()


register_host(
    Host(
        noun="group",
        model=WorkingGroup,
        namespace="workinggroups:discussions",
        write="workinggroups.write",
        moderate="workinggroups.change",
        found=lambda user: WorkingGroup.objects.visible_to(user).select_related("organisation").prefetch_related("texts", "themes"),
        lock=lambda group: locked(group, states=IN_USE),
        is_open=lambda group: group.state in (State.DRAFT, State.PUBLISHED),
        people=members_of,
        news=news_of,
        notes=notes_on,
        page=lambda group, user, numbers: GroupPage(group, user, "discussions", numbers=numbers),
        frame="workinggroups/frame.html",
        touch=touch,
    )
)

register_tab(
    Tab(
        "discussions", _("Discussions"), "workinggroups:discussions:list", position=10,
        rows=lambda page: Thread.objects.about(page.group).listed(),
    )
)  # fmt: skip

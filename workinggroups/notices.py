"""What can be told of working groups and of belonging to them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from notifications.kinds import Kind, register_area, register_followable, register_kind, register_reason
from notifications.places import PlaceKind, register_places
from workinggroups import hearing
from workinggroups.models import WorkingGroup

MINE = pgettext_lazy("group of notifications", "My working groups")
CHAIRS = pgettext_lazy("group of notifications", "Members of groups I lead")
MODERATION = pgettext_lazy("group of notifications", "Moderation")
OPEN = _("Open the group")
OPEN_MEMBERS = _("Open the list of members")

register_followable(
    "group", WorkingGroup, _("Working groups"), lambda user: WorkingGroup.objects.visible_to(user).prefetch_related("texts")
)
register_reason("chair", _("You get this because you lead the working group."))
register_reason("group_member", _("You get this because you belong to the working group."))

register_places(
    PlaceKind("group", _("My working groups"),
              _("At once: announcements and new discussions come by mail, too. Digest: they wait for it. What is written stands under"
                " your bell in both."),
              hearing.CHOICES, hearing.mine, hearing.choose, hearing.silenced)
)  # fmt: skip
register_area("groups", _("Working groups"), "workinggroup")
register_kind(
    Kind("workinggroup.announced", _("An announcement in a group of mine"), MINE,
         _("%(by)s in %(title)s: %(subject)s"), _("Read it in the group"), urgent=True, icon="users",
         many=ngettext_lazy("%(number)d announcement in %(title)s", "%(number)d announcements in %(title)s", "number"), about="group"),
    Kind("workinggroup.announced_quietly", _("An announcement in a group of mine"), MINE,
         _("%(by)s in %(title)s: %(subject)s"), _("Read it in the group"), mail=False, icon="users",
         about="group", twin_of="workinggroup.announced"),
    Kind("workinggroup.invited", _("I am invited to a working group"), MINE,
         _("%(by)s invites you to the working group %(title)s."), _("Look at the invitation"), mail=False, icon="users"),
    Kind("workinggroup.accepted", _("My request to join a group is accepted"), MINE,
         _("You belong to %(title)s now: %(by)s has accepted your request."), OPEN, urgent=True, icon="users"),
    Kind("workinggroup.waiting", _("My request is accepted, and the group is full"), MINE,
         _("%(by)s has accepted your request to join %(title)s. The group is full: you are on its waiting list."), OPEN,
         urgent=True, icon="users"),
    Kind("workinggroup.declined", _("My request to join a group is declined"), MINE,
         _("Your request to join %(title)s was declined."), OPEN, urgent=True, icon="users"),
    Kind("workinggroup.moved_up", _("I move up from a waiting list"), MINE,
         _("There is a place for you in %(title)s: you belong to it now."), OPEN, urgent=True, icon="users"),
    Kind("workinggroup.role_changed", _("My role in a group changes"), MINE,
         _("%(by)s has changed your role in %(title)s. It is now: %(role)s."), OPEN, urgent=True, icon="users"),
    Kind("workinggroup.handed_over", _("I become the chair of a group"), MINE,
         _("You are the chair of %(title)s from now on."), OPEN_MEMBERS, urgent=True, icon="users"),
    Kind("workinggroup.removed", _("I am taken out of a group"), MINE,
         _("%(by)s has taken you out of %(title)s. What you wrote in it stays."), _("See the groups there are"), urgent=True, icon="users"),
    Kind("workinggroup.closed", _("A group of mine is closed"), MINE,
         _("%(by)s has closed %(title)s. It can still be read."), OPEN, icon="users"),
    Kind("workinggroup.resource_added", _("Somebody adds files or links to a group of mine"), MINE,
         _("%(by)s has added “%(title)s” to %(group)s."), _("Open the file or link"), mail=False, icon="file",
         many=ngettext_lazy("%(number)d new file or link in %(group)s",
                            "%(number)d new files or links in %(group)s", "number"), about="group", digest="files"),
    Kind("workinggroup.file_changed", _("A file I have worked on has a new version"), MINE,
         _("%(by)s has added a new version of “%(title)s” in %(group)s."), _("Open the file or link"), mail=False, icon="file",
         digest="files"),
    Kind("workinggroup.resource_removed", _("A file or link of mine is removed"), MINE,
         _("%(by)s has removed “%(resource)s” from %(title)s."), OPEN, mail=False, icon="file"),
    Kind("workinggroup.published", _("A new working group"), pgettext_lazy("group of notifications", "What I follow"),
         _("%(organisation)s has founded the working group %(title)s."), OPEN, mail=False, icon="users", only_followed=True),
    Kind("workinggroup.asked", _("Somebody asks to join a group I lead"), CHAIRS,
         _("%(by)s asks to join %(title)s."), _("Answer the request"), urgent=True, icon="users",
         many=_("%(people)s ask to join %(title)s.")),
    Kind("workinggroup.joined", _("Somebody joins a group I lead"), CHAIRS,
         _("%(by)s has joined %(title)s."), OPEN_MEMBERS, icon="users", many=_("%(people)s have joined %(title)s.")),
    Kind("workinggroup.left", _("Somebody leaves a group I lead"), CHAIRS,
         _("%(by)s has left %(title)s."), OPEN_MEMBERS, icon="users", many=_("%(people)s have left %(title)s.")),
    Kind("workinggroup.invitation_accepted", _("My invitation to a group is accepted"), CHAIRS,
         _("%(by)s has accepted your invitation to %(title)s."), OPEN_MEMBERS, icon="users",
         many=_("%(people)s have accepted your invitations to %(title)s.")),
    Kind("workinggroup.invitation_declined", _("My invitation to a group is declined"), CHAIRS,
         _("%(by)s has declined your invitation to %(title)s."), OPEN_MEMBERS, icon="users"),
    Kind("workinggroup.reopened", _("A group I lead is a draft again"), CHAIRS,
         _("%(by)s has reopened %(title)s as a draft."), OPEN, icon="users"),
    Kind("workinggroup.hidden", _("A group I lead is hidden"), CHAIRS,
         _("A moderator has hidden %(title)s. If you think that this is wrong, answer the moderators at the portal's contact address."),
         OPEN, urgent=True, icon="users"),
    Kind("workinggroup.chairless", _("A group has lost its chair"), MODERATION,
         _("The chair of %(title)s leaves the portal, and there is no co-chair. Make another member the chair."), OPEN_MEMBERS,
         icon="users"),
)  # fmt: skip

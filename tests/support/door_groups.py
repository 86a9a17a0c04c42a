"""Which door of a working group answers whom: read by tests/test_doors.py beside the table of the rest.

Own: the colleague is its chair, the editor a member, the owner an observer; other is public and of others; private is private and of
others. Moderators see all of them and look after members.
"""

import uuid
from datetime import timedelta

from django.utils import timezone

from tests.factories import GroupMembershipFactory, OrganisationFactory, ResourceFactory, UserFactory, WorkingGroupFactory
from tests.support.door_table import DONE, MEMBER, READ, REFUSED, noun, page, staff_page, verb
from workinggroups.models import GroupInvitation, GroupRequest, WaitingPlace

PRIVATE = {"visibility": "private", "joining": "invitation"}


def groups(world):
    """Made when the first address asks for them."""
    if not hasattr(world, "groups"):
        own, other = world.organisations["own"], world.organisations["other"]
        world.groups = {
            "own": WorkingGroupFactory(organisation=own, slug="own-group"),
            "other": WorkingGroupFactory(organisation=other, slug="other-group"),
            "private": WorkingGroupFactory(organisation=other, slug="private-group", **PRIVATE),
        }
        for part, role in (("colleague", "chair"), ("editor", "member"), ("owner", "observer")):
            GroupMembershipFactory(group=world.groups["own"], user=world.cast[part], role=role)
        for target in ("other", "private"):
            GroupMembershipFactory(group=world.groups[target], role="chair")
    return world.groups


def _somebody(world, target):
    """The stranger; another one where private."""
    return UserFactory(name="Elsewhere") if target == "private" else world.cast["stranger"]


def _invitation(world, target):
    now = timezone.now()
    values = {"token_hash": uuid.uuid4().hex * 2, "sent_at": now, "expires_at": now + timedelta(days=7)}
    where = {"group": groups(world)[target], "email": _somebody(world, target).email}
    return GroupInvitation.objects.get_or_create(**where, defaults=values)[0]


def _request(world, target):
    return GroupRequest.objects.get_or_create(group=groups(world)[target], user=_somebody(world, target))[0]


def _place(world, target):
    return WaitingPlace.objects.get_or_create(group=groups(world)[target], user=_somebody(world, target))[0]


def _membership(world, target):
    return GroupMembershipFactory(group=groups(world)[target])


def _seat(world, target):
    return groups(world)[target].seats.create(organisation=OrganisationFactory())


def _folder(world, target):
    return groups(world)[target].folders.get_or_create(name="Meetings")[0]


def _resource(world, target):
    """What everybody reads who sees the group; the colleague, its chair, has added it."""
    group = groups(world)[target]
    fields = {"audience": "everybody", "created_by": world.cast["colleague"]}
    return group.resources.first() or ResourceFactory(group=group, folder=_folder(world, target), **fields)


def _folder_with_something(world, target):
    return _resource(world, target).folder


def _with(make):
    return lambda world, target: {"slug": groups(world)[target].slug, "pk": make(world, target).pk}


GROUP_MAKERS = {
    "en/working-groups/<slug:slug>/": lambda world, target: {"slug": groups(world)[target].slug},
    "en/working-groups/<slug:slug>/members/": _with(_membership),
    "en/working-groups/<slug:slug>/invitations/": _with(_invitation),
    "en/working-groups/<slug:slug>/requests/": _with(_request),
    "en/working-groups/<slug:slug>/seats/": _with(_seat),
    "en/working-groups/<slug:slug>/resources/": _with(_resource),
    "en/working-groups/<slug:slug>/resources/folders/": _with(_folder_with_something),
    "en/working-groups/invitations/<int:pk>/": lambda world, target: {"pk": _invitation(world, target).pk},
    "en/working-groups/invitations/<str:token>/": lambda world, target: {"token": "nonsense"},
    "en/working-groups/requests/": lambda world, target: {"pk": _request(world, target).pk},
    "en/working-groups/waiting/": lambda world, target: {"pk": _place(world, target).pk},
}

#: Moderators see a private group, and belong to none.
UNSEEN = "in 404 404 404 404 403 403"
SEEN_BY_MODERATORS = "404 404 404 404 404 200 404"


def leads(done, moderator="403"):
    """What the chair does, and moderators where `moderator` says so."""
    return (f"in 403 {done} 403 403 {moderator} 403", f"in 403 403 403 403 {moderator} 403", f"in 404 404 404 404 {moderator} 403")


def belongs(editor="302"):
    return (f"in 403 302 {editor} {editor} 403 403", REFUSED, UNSEEN)


def writes(form, moderator="403"):
    """What chair and members do in the group, and observers do not."""
    return (f"in 403 {form} {form} 403 {moderator} 403", f"in 403 403 403 403 {moderator} 403", f"in 404 404 404 404 {moderator} 403")


ONES_OWN = verb(*["in 302 404 404 404 404 403"] * 2)
GROUP_DOORS = {
    "cms/working-groups/": staff_page(),
    "en/working-groups/": page("200"),
    "en/working-groups/feed/": page("200"),
    "en/working-groups/export.csv": page("200"),
    "en/working-groups/new/": page(MEMBER, "in 403 200 200 200 403 403"),
    "en/working-groups/mine/": page(MEMBER),
    "en/working-groups/invitations/<str:token>/": noun("404"),
    "en/working-groups/invitations/<int:pk>/accept/": ONES_OWN,
    "en/working-groups/invitations/<int:pk>/decline/": ONES_OWN,
    "en/working-groups/requests/<int:pk>/withdraw/": ONES_OWN,
    "en/working-groups/waiting/<int:pk>/leave/": ONES_OWN,
    "en/working-groups/<slug:slug>/": noun((*READ[:2], SEEN_BY_MODERATORS)),
    "en/working-groups/<slug:slug>/members/": noun((*READ[:2], SEEN_BY_MODERATORS)),
    "en/working-groups/<slug:slug>/announcements/": noun((MEMBER, MEMBER, "in 404 404 404 404 200 403")),
    "en/working-groups/<slug:slug>/edit/": noun(leads("200"), leads("200")),
    "en/working-groups/<slug:slug>/close/": noun(leads("200"), leads("200")),
    "en/working-groups/<slug:slug>/announce/": noun(leads("200"), leads("200")),
    "en/working-groups/<slug:slug>/publish/": verb(*leads("302")),
    "en/working-groups/<slug:slug>/reopen/": verb(*leads("302", "302")),
    "en/working-groups/<slug:slug>/hide/": verb(*leads("403", "302")),
    "en/working-groups/<slug:slug>/join/": verb(DONE, DONE, "in 404 404 404 404 302 403"),
    "en/working-groups/<slug:slug>/ask/": noun(*[(REFUSED, REFUSED, UNSEEN)] * 2),
    "en/working-groups/<slug:slug>/leave/": verb(*belongs()),
    "en/working-groups/<slug:slug>/news/": verb(*belongs()),
    "en/working-groups/<slug:slug>/invite/": verb(*leads("200", "200")),
    "en/working-groups/<slug:slug>/members/<int:pk>/role/": verb(*leads("302", "302")),
    "en/working-groups/<slug:slug>/members/<int:pk>/remove/": verb(*leads("302", "302")),
    "en/working-groups/<slug:slug>/members/<int:pk>/hand-over/": verb(*leads("302", "302")),
    "en/working-groups/<slug:slug>/invitations/<int:pk>/resend/": verb(*leads("302", "302")),
    "en/working-groups/<slug:slug>/invitations/<int:pk>/withdraw/": verb(*leads("302", "302")),
    "en/working-groups/<slug:slug>/requests/<int:pk>/accept/": verb(*leads("302", "302")),
    "en/working-groups/<slug:slug>/requests/<int:pk>/decline/": verb(*leads("302", "302")),
    "en/working-groups/<slug:slug>/resources/": noun((*READ[:2], SEEN_BY_MODERATORS)),
    "en/working-groups/<slug:slug>/resources/<int:pk>/": noun((*READ[:2], SEEN_BY_MODERATORS)),
    "en/working-groups/<slug:slug>/resources/folders/<int:pk>/": noun((*READ[:2], SEEN_BY_MODERATORS)),
    "en/working-groups/<slug:slug>/resources/removed/": noun((MEMBER, MEMBER, "in 404 404 404 404 200 403")),
    "en/working-groups/<slug:slug>/resources/new/": noun(writes("200"), writes("200")),
    "en/working-groups/<slug:slug>/resources/new-link/": noun(writes("200"), writes("200")),
    "en/working-groups/<slug:slug>/resources/folders/new/": verb(*writes("200")),
    "en/working-groups/<slug:slug>/resources/folders/<int:pk>/edit/": verb(*writes("200")),
    "en/working-groups/<slug:slug>/resources/folders/<int:pk>/remove/": verb(*writes("302")),
    "en/working-groups/<slug:slug>/resources/<int:pk>/edit/": noun(writes("200"), writes("200")),
    "en/working-groups/<slug:slug>/resources/<int:pk>/version/": verb(*writes("200")),
    "en/working-groups/<slug:slug>/resources/<int:pk>/move/": verb(*writes("302")),
    "en/working-groups/<slug:slug>/resources/<int:pk>/remove/": verb(*leads("302", "302")),
    "en/working-groups/<slug:slug>/resources/<int:pk>/restore/": verb("in 404 404 404 404 404 403", "in 404 404 404 404 404 403"),
    "en/working-groups/<slug:slug>/seats/": verb(*leads("200", "200")),
    "en/working-groups/<slug:slug>/seats/<int:pk>/remove/": verb(*leads("302", "302")),
}

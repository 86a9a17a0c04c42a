"""Which door answers whom: read by tests/test_doors.py. A line has a cell for each of the cast, in this order:

nobody stranger colleague editor owner moderator suspended

Own is published and belongs to the organisation of colleague, editor and owner; other is public and of another one; private is a
draft or a proposal of another one. A form is sent empty: 200 shows it again, 302 leads on.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Door:
    """`{target: cells}` for reading and for sending an empty form."""

    get: dict = field(default_factory=dict)
    post: dict = field(default_factory=dict)


def page(get, post="405"):
    """A page without a noun; one cell stands for all of the cast."""
    return Door({"": _all(get)}, {"": _all(post)})


def noun(get, post="405"):
    """Pages of a noun: lines for own, other and private, or one for all of them."""
    return Door(_targets(get), _targets(post))


def _all(cells):
    return cells if " " in cells else " ".join([cells] * 7)


def _targets(lines):
    lines = (lines, lines, lines) if isinstance(lines, str) else lines
    return {target: _all(one) for target, one in zip(("own", "other", "private"), lines, strict=True)}


# ---- lines

#: Members who may act.
MEMBER = "in 200 200 200 200 200 403"
DONE = "in 302 302 302 302 302 403"
#: Signed in, suspended or not.
SIGNED_IN = "in 200 200 200 200 200 200"
UNSEEN = "in 404 404 404 404 404 403"
REFUSED = "in 403 403 403 403 403 403"
#: A page everybody reads who sees its noun.
READ = ("200", "200", "404")
READ_BY_MEMBERS = (MEMBER, MEMBER, UNSEEN)
#: Proposals are seen by moderators, too.
PROPOSAL = "in 404 404 404 404 403 403"

STAFF = "in 403 403 403 403 200 403"
STAFF_DONE = "in 403 403 403 403 302 403"
STAFF_ONLY_POST = "in 403 403 403 403 405 403"
STAFF_UNSEEN = "in 403 403 403 403 404 403"


def staff_page():
    return page(STAFF, STAFF_ONLY_POST)


def verb(own, other=REFUSED, private=UNSEEN):
    """A verb of a noun: it is only sent."""
    return noun("405", (own, other, private))


def writes(form):
    """Pages on which editor and owner change a project: `form` is what an empty form leads to."""
    return (form, REFUSED, UNSEEN)


def owners(done="302", moderator="403"):
    """What owners do with their organisation, and moderators with any where `moderator` says so."""
    own = f"in 403 403 403 {done} {moderator} 403"
    return (own, f"in 403 403 403 403 {moderator} 403", f"in 404 404 404 404 {moderator} 403")


WRITER = "in 403 403 302 302 403 403"
CHANGED = "in 403 403 200 200 403 403"
COLLEAGUES = ("in 403 200 200 200 200 403", STAFF, UNSEEN)

DOORS = {
    # machines
    "healthz": page("200", "200"),
    "readyz": page("200", "200"),
    "metrics": page("200", "200"),
    "theme.css": page("200"),
    "robots.txt": page("200"),
    "sitemap.xml": page("200"),
    "sitemap-<slug:section>-<int:number>.xml": page("200"),
    "files/<uuid:uuid>/<str:name>": noun(READ),
    # browsing
    "en/projects/": page("200"),
    "en/projects/feed/": page("200"),
    "en/projects/export.csv": page("200"),
    "en/projects/export.xlsx": page("200"),
    "en/projects/export.geojson": page("200"),
    "en/projects/map/": page("200"),
    "en/projects/map/data/": page("200"),
    "en/projects/map/boundaries.json": page("200"),
    "en/projects/<slug:slug>/": noun(READ),
    "en/projects/<slug:slug>/questions/": noun(READ),
    "en/organisations/": page("200"),
    "en/organisations/<slug:slug>/": noun(("200", "200", "404 404 404 404 404 200 404")),
    "en/people/": page("200"),
    "en/people/<slug:slug>/": noun(("200", "404 200 200 200 200 200 404", "404")),
    "en/themes/": page("200"),
    "en/themes/<slug:slug>/": page("200"),
    "en/municipalities/": page("200"),
    "en/municipalities/<slug:slug>/": page("200"),
    "en/search/": page("200"),
    r"en/^(?!(?:cms|documents|static|media|files|api|dev|styleguide)/)((?:[\w\-]+/)*)$": page("404", "404"),
    # a member's own
    "en/desk/": page(MEMBER),
    "en/accounts/privacy/": page(SIGNED_IN),
    "en/accounts/privacy/copy/": page("405", "in 302 302 302 302 302 302"),
    "en/accounts/privacy/copy/<uuid:uuid>/": noun("in 404 404 404 404 404 404"),
    "en/accounts/privacy/leave/": page(SIGNED_IN, SIGNED_IN),
    "en/accounts/privacy/come-back/": page("404", "404"),
    "en/accounts/settings/": page(MEMBER, MEMBER),
    "en/accounts/terms/": page(MEMBER, MEMBER),
    "en/accounts/email/": page(MEMBER, DONE),
    r"en/accounts/^confirm-email/(?P<key>[-:\w]+)/$": page("200", "404"),
    "en/people/me/": page(MEMBER, MEMBER),
    "en/people/me/photo/remove/": page("405", DONE),
    "en/notifications/": page(MEMBER),
    "en/notifications/count/": page("200 200 200 200 200 200 200"),
    "mail-events/<slug:provider>/": noun("405", "403"),
    "en/notifications/address/": page("405", DONE),
    "en/notifications/follows/": page(MEMBER),
    "en/notifications/read/": page("405", DONE),
    "en/notifications/settings/": page(MEMBER, DONE),
    "en/notifications/settings/preset/": page("405", DONE),
    "en/notifications/stop/<str:token>/": noun("404", "404"),
    "en/notifications/follow/<slug:word>/<int:pk>/": verb(DONE, DONE),
    "en/notifications/unfollow/<slug:word>/<int:pk>/": verb(DONE, DONE),
    "en/notifications/<int:pk>/open/": verb("in 404 302 404 404 404 403", "in 404 302 404 404 404 403"),
    "en/notifications/<int:pk>/read/": verb("in 404 302 404 404 404 403", "in 404 302 404 404 404 403"),
    "en/notifications/<int:pk>/open-all/": verb("in 404 302 404 404 404 403", "in 404 302 404 404 404 403"),
    "en/notifications/<int:pk>/read-all/": verb("in 404 302 404 404 404 403", "in 404 302 404 404 404 403"),
    # belonging to an organisation
    "en/organisations/mine/": page(MEMBER),
    "en/organisations/join/": page(MEMBER),
    "en/organisations/propose/": page(MEMBER, MEMBER),
    "en/organisations/invitations/<str:token>/": noun("404"),
    "en/organisations/invitations/<int:pk>/accept/": verb(*["in 302 404 404 404 404 403"] * 2),
    "en/organisations/invitations/<int:pk>/decline/": verb(*["in 302 404 404 404 404 403"] * 2),
    "en/organisations/requests/<int:pk>/withdraw/": verb(*["in 302 404 404 404 404 403"] * 2),
    "en/organisations/<slug:slug>/ask/": noun(*[("in 200 403 403 403 200 403", MEMBER, "in 404 404 404 404 200 403")] * 2),
    "en/organisations/<slug:slug>/join/": verb("in 302 403 403 403 302 403", DONE, "in 404 404 404 404 302 403"),
    "en/organisations/<slug:slug>/leave/": verb("in 403 302 302 302 403 403", REFUSED, PROPOSAL),
    # looking after an organisation
    "en/organisations/<slug:slug>/members/": noun(("in 403 200 200 200 200 403", STAFF, "in 404 404 404 404 200 403")),
    "en/organisations/<slug:slug>/edit/": noun(owners("200"), owners("200")),
    "en/organisations/<slug:slug>/invite/": verb(*owners("200", "200")),
    "en/organisations/<slug:slug>/domains/ask/": verb(*owners("200")),
    "en/organisations/<slug:slug>/logo/remove/": verb(*owners()),
    "en/organisations/<slug:slug>/propose-again/": verb(*owners()),
    "en/organisations/<slug:slug>/members/<int:pk>/role/": verb(*owners("302", "302")),
    "en/organisations/<slug:slug>/members/<int:pk>/remove/": verb(*owners("302", "302")),
    "en/organisations/<slug:slug>/members/<int:pk>/hand-over/": verb(*owners()),
    "en/organisations/<slug:slug>/invitations/<int:pk>/resend/": verb(*owners("302", "302")),
    "en/organisations/<slug:slug>/invitations/<int:pk>/withdraw/": verb(*owners("302", "302")),
    "en/organisations/<slug:slug>/requests/<int:pk>/accept/": verb(*owners("302", "302")),
    "en/organisations/<slug:slug>/requests/<int:pk>/decline/": verb(*owners("302", "302")),
    # writing a project
    "en/projects/new/": page(MEMBER, "in 302 200 200 200 302 403"),
    "en/projects/new/save/": page("405", MEMBER),
    "en/projects/suggest/<slug:what>/": noun(MEMBER, "in 405 405 405 405 405 403"),
    "en/projects/<slug:slug>/edit/": noun(writes(CHANGED), writes(CHANGED)),
    "en/projects/<slug:slug>/edit/<slug:step>/": noun(writes(CHANGED), writes(CHANGED)),
    "en/projects/<slug:slug>/save/": verb("in 403 403 404 404 403 403"),
    "en/projects/<slug:slug>/editing/": verb(CHANGED),
    "en/projects/<slug:slug>/preview/": noun(READ_BY_MEMBERS, "in 405 405 405 405 405 403"),
    "en/projects/<slug:slug>/versions/": noun(COLLEAGUES, "in 405 405 405 405 405 403"),
    "en/projects/<slug:slug>/versions/<int:number>/": noun(COLLEAGUES, "in 405 405 405 405 405 403"),
    "en/projects/<slug:slug>/versions/<int:number>/restore/": verb(WRITER),
    "en/projects/<slug:slug>/history/": noun(COLLEAGUES),
    # verbs of a project: the colleague made it
    "en/projects/<slug:slug>/submit/": verb("in 403 302 302 302 403 403"),
    "en/projects/<slug:slug>/publish/": verb("in 403 403 302 302 302 403", STAFF_DONE),
    "en/projects/<slug:slug>/withdraw/": verb(WRITER),
    "en/projects/<slug:slug>/archive/": verb(WRITER),
    "en/projects/<slug:slug>/reopen/": verb(WRITER),
    "en/projects/<slug:slug>/return/": verb(STAFF_DONE, STAFF_DONE),
    "en/projects/<slug:slug>/hide/": verb(STAFF_DONE, STAFF_DONE),
    "en/projects/<slug:slug>/partner/confirm/": verb(REFUSED),
    "en/projects/<slug:slug>/partner/decline/": verb(REFUSED),
    # questions and reports
    "en/projects/<slug:slug>/ask/": noun(*[("200 200 200 200 200 200 403",) * 2 + ("404 404 404 404 404 404 403",)] * 2),
    "en/projects/questions/confirm/<str:token>/": noun("404", "404"),
    "en/projects/<slug:slug>/questions/<int:pk>/answer/": noun(*[("in 403 200 200 200 403 403", REFUSED, UNSEEN)] * 2),
    "en/projects/<slug:slug>/questions/<int:pk>/approve/": verb(STAFF_DONE, STAFF_DONE),
    "en/projects/<slug:slug>/questions/<int:pk>/hide/": verb(STAFF_DONE, STAFF_DONE),
    "en/projects/<slug:slug>/questions/<int:pk>/refuse/": verb(STAFF_DONE, STAFF_DONE),
    "en/report/<slug:word>/<int:pk>/": noun(*[("in 200 403 200 200 200 403", MEMBER, UNSEEN)] * 2),
    # the administration: our pages in it
    "cms/waiting/": staff_page(),
    "cms/waiting/<slug:kind>/<int:pk>/assign/": noun(STAFF_ONLY_POST, STAFF_DONE),
    "cms/waiting/reports/<int:pk>/": noun(STAFF, STAFF_ONLY_POST),
    "cms/waiting/reports/<int:pk>/dismiss/": noun(STAFF_ONLY_POST, STAFF_DONE),
    "cms/waiting/reports/<int:pk>/hide/": noun(STAFF_ONLY_POST, STAFF_DONE),
    "cms/waiting/reports/<int:pk>/settle/": noun(STAFF_ONLY_POST, STAFF_DONE),
    "cms/waiting/reports/<int:pk>/suspend/": noun(STAFF_ONLY_POST, STAFF_DONE),
    "cms/history/<slug:word>/<int:pk>/": noun((STAFF, STAFF, STAFF_UNSEEN), STAFF_ONLY_POST),
    "cms/members/": staff_page(),
    "cms/members/<int:pk>/": noun(STAFF, STAFF_ONLY_POST),
    "cms/members/<int:pk>/suspend/": noun(STAFF_ONLY_POST, STAFF_DONE),
    "cms/members/<int:pk>/unsuspend/": noun(STAFF_ONLY_POST, STAFF_DONE),
    "cms/deliveries/": staff_page(),
    "cms/deliveries/addresses/": staff_page(),
    "cms/deliveries/addresses/<int:pk>/let-go/": noun(STAFF_ONLY_POST, STAFF_DONE),
    "cms/deliveries/<int:pk>/send-again/": noun(STAFF_ONLY_POST, STAFF_DONE),
    "cms/organisations/": staff_page(),
    "cms/organisations/<int:pk>/verify/": noun(STAFF_ONLY_POST, STAFF_DONE),
    "cms/organisations/<int:pk>/": noun(STAFF, STAFF),
    "cms/organisations/<int:pk>/decline/": noun(STAFF_ONLY_POST, STAFF_DONE),
    "cms/organisations/<int:pk>/merge/": noun(STAFF_ONLY_POST, STAFF),
    "cms/organisations/<int:pk>/domains/add/": noun(STAFF_ONLY_POST, STAFF_DONE),
    "cms/organisations/<int:pk>/domains/<int:domain>/remove/": noun(STAFF_ONLY_POST, STAFF_DONE),
    "cms/organisations/<int:pk>/domains/asked/<int:asked>/give/": noun(STAFF_ONLY_POST, STAFF_DONE),
    "cms/organisations/<int:pk>/domains/asked/<int:asked>/decline/": noun(STAFF_ONLY_POST, STAFF_DONE),
    "cms/projects/": staff_page(),
    **{
        f"cms/projects/<int:pk>/{name}/": noun(STAFF_ONLY_POST, (STAFF_DONE, STAFF_DONE, STAFF_UNSEEN))
        for name in ("archive", "hide", "publish", "reopen", "return", "submit", "withdraw")
    },
    "cms/tags/": staff_page(),
    "cms/tags/<int:pk>/": noun(STAFF, STAFF_ONLY_POST),
    "cms/tags/<int:pk>/merge/": noun(STAFF_ONLY_POST, "in 403 403 403 403 422 403"),
    "cms/tags/<int:pk>/rename/": noun(STAFF_ONLY_POST, "in 403 403 403 403 422 403"),
    "cms/users/edit/<int:pk>/": noun(STAFF_DONE, STAFF_DONE),  # led back: accounts are for administrators
    # development only
    "dev/mail/": page("200", "200"),
    "dev/mail/<slug:name>/": noun("404", "404"),
    "dev/mail/<slug:name>/html/": noun("404", "404"),
    "styleguide/": page("200", "200"),
    "styleguide/<int:status>/": noun("200", "200"),
}

#: Libraries, by prefix. Their addresses have tests of their own where ours differ from what they come with.
FOREIGN = (r"en/accounts/", r"cms/", r"documents/", r"en/_util/", r"static/", r"media/")

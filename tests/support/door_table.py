"""Which door answers whom: read by tests/test_doors.py. A cell for each of the cast, in this order:

nobody stranger colleague editor owner moderator suspended
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


def noun(get, post):
    """Pages of a noun: cells for own, other and private."""
    return Door(_targets(get), _targets(post))


def _all(cells):
    return " ".join([cells] * 7) if " " not in cells.strip() else cells


def _targets(cells):
    return {target: _all(one) for target, one in zip(("own", "other", "private"), cells, strict=True)}


NO = "405"
NONE = (NO, NO, NO)
#: A page for members who may act; a form of theirs sent empty by them is shown again.
MEMBER = "in 200 200 200 200 200 403"
READ = ("200", "200", "404")


def verb(own, other="in 403 403 403 403 403 403", private="in 404 404 404 404 404 403"):
    """A verb of a noun: POST only."""
    return noun(NONE, (own, other, private))


DOORS = {
    # machines
    "healthz": page("200"),
    "readyz": page("200"),
    "metrics": page("200"),
    "theme.css": page("200"),
    "robots.txt": page("200"),
    "sitemap.xml": page("200"),
    "sitemap-<slug:section>-<int:number>.xml": page("200"),
    # browsing
    "en/projects/": page("200"),
    "en/projects/feed/": page("200"),
    "en/projects/export.csv": page("200"),
    "en/projects/export.xlsx": page("200"),
    "en/projects/export.geojson": page("200"),
    "en/projects/map/": page("200"),
    "en/projects/map/data/": page("200"),
    "en/projects/map/boundaries.json": page("200"),
    "en/projects/<slug:slug>/": noun(READ, NONE),
    "en/organisations/": page("200"),
    "en/organisations/<slug:slug>/": noun(("200", "200", "404 404 404 404 404 200 404"), NONE),
    "en/themes/": page("200"),
    "en/themes/<slug:slug>/": page("200"),
    "en/municipalities/": page("200"),
    "en/municipalities/<slug:slug>/": page("200"),
    "en/search/": page("200"),
    # a member's own
    "en/desk/": page(MEMBER),
    "en/accounts/privacy/": page("in 200 200 200 200 200 200"),
    "en/accounts/privacy/copy/": page("405", "in 302 302 302 302 302 302"),
    "en/accounts/privacy/leave/": page("in 200 200 200 200 200 200", "in 200 200 200 200 200 200"),
    "en/accounts/privacy/come-back/": page("404", "404"),
}

#: Libraries, by prefix. Their addresses have tests of their own where ours differ from what they come with.
FOREIGN = (r"en/accounts/", r"cms/", r"documents/", r"en/_util/", r"static/", r"media/")

"""Members called by name in a text: `@[Anna Berg]`, or `@[Anna Berg, Lund]` where two have the name."""

import html
import re
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.html import format_html, strip_tags

from common.rich_text import CALLED, render_story
from common.sorting import sorted_by_name
from organisations.models import Membership

#: So many people are called in one post; more is an announcement.
MOST = 20
MOST_OFFERED = 8


def names_in(text):
    """The names called in a text, each once, in their order; what stands in code or in a link calls nobody."""
    found = []
    render_story(text, lambda name: found.append(name.strip()) or "")
    return [name for name in dict.fromkeys(found) if name]


def without_marks(text):
    """A text as mails and notices say it: @Anna Berg."""
    return CALLED.sub(lambda found: f"@{found[1].strip()}", text)


def as_plain_words(text):
    """A text without its formatting, line by line: for notices, mails and excerpts."""
    words = html.unescape(strip_tags(render_story(without_marks(text))))
    return _EMPTY_LINES.sub("\n\n", words).strip()


_EMPTY_LINES = re.compile(r"\n\s*\n")


def people_called(names, people):
    """`{name: member}` of those names that mean exactly one of `people`, a queryset of members."""
    if not names:
        return {}
    variants = {one for name in names for one in (name, name.rpartition(", ")[0]) if one}
    found = people.filter(reduce(or_, (Q(name__iexact=one) for one in variants)))
    keys = {}
    for user, organisation in with_organisations(found):
        for key in {user.name.casefold(), f"{user.name}, {organisation}".casefold()}:
            keys.setdefault(key, []).append(user)
    meant = {name: keys.get(name.casefold(), []) for name in names}
    return {name: users[0] for name, users in meant.items() if len(users) == 1}


def offered(words, people):
    """[(what to write, name, organisation)] of `people` whose first or a later name begins with `words`."""
    found = people.filter(Q(name__istartswith=words) | Q(name__icontains=f" {words}")).order_by("name", "pk")[:MOST_OFFERED]
    rows = with_organisations(found)
    shared = _shared_names([user.name for user, _organisation in rows], people)
    return [
        (f"{user.name}, {organisation}" if user.name.casefold() in shared and organisation else user.name, user.name, organisation)
        for user, organisation in rows
        if not set("[]\n") & set(user.name + organisation)
    ]


def _shared_names(names, people):
    """Those names, in small letters, that several of `people` have."""
    if not names:
        return set()
    wanted = reduce(or_, (Q(name__iexact=name) for name in names))
    known = [name.casefold() for name in people.filter(wanted).values_list("name", flat=True)]
    return {name for name in known if known.count(name) > 1}


def with_organisations(people):
    """[(member, name of the organisation beside the name, or "")]. A proposed organisation is known to its own members only."""
    people = list(people)
    rows = Membership.objects.filter(user__in=people, is_main=True, organisation__verified_at__isnull=False)
    names = dict(rows.values_list("user_id", "organisation__name"))
    return [(user, names.get(user.pk, "")) for user in sorted_by_name(people)]


@dataclass(frozen=True)
class Called:
    """How the names in one post are drawn: `links` are `{name: address of the member's page, or ""}`, `own` are the reader's."""

    links: dict
    own: frozenset = frozenset()

    def __call__(self, name):
        name = name.strip()
        if name not in self.links:
            return f"@{name}"
        mark = "mention mention--own" if name in self.own else "mention"
        if url := self.links[name]:
            return format_html('<a class="{}" href="{}">@{}</a>', mark, url, name)
        return format_html('<span class="{}">@{}</span>', mark, name)

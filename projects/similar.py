"""Projects like another one, and why.

Shared themes count 3 each, shared tags 2, the same or a neighbouring municipality 1, a later phase 1; below 3 nothing is alike.
All of it stands in `facet_terms`, so that one query finds, weighs and shows the projects.
"""

from django.db.models import IntegerField
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.markup import PHASES
from common.publishing import State
from projects.enums import Phase
from projects.models import Project

THEME, TAG, NEAR, LATER = 3, 2, 1, 1
LEAST = 3
SHOWN = 4
REASONS = 2
NAMED = 2
#: How many of the newest that share a theme, and how many that share a tag, are weighed: a bound that does not grow with
#: the catalogue. A project has few themes and many share them; whatever lies further back is seldom the most alike.
WEIGHED = 100

_TABLE = Project._meta.db_table
_SHARES = f'("{_TABLE}"."facet_terms" && %s::text[])::int * %s'
_NEWEST = f"""(SELECT id FROM "{_TABLE}" WHERE state = '{State.PUBLISHED}' AND facet_terms && %s::text[]
  ORDER BY published_at DESC, id DESC LIMIT {WEIGHED})"""  # noqa: S608 - names and numbers of this module
_ORDER = [phase for phase in Phase.values if phase != Phase.STOPPED]


class Alike:
    """What another project is compared with: the terms of one project's themes, tags, places and later phases."""

    def __init__(self, project, parts):
        self.themes = {f"theme:{theme.slug}": str(theme) for theme in parts.themes}
        self.tags = {f"tag:{tag.slug}": tag.name for tag in parts.tags}
        self.places = {f"municipality:{place.slug}": str(place) for place in parts.municipalities}
        self.near = [*self.places, *(f"municipality:{slug}" for slug in parts.near)]
        self.later = [f"phase:{phase}" for phase in _later(project.phase)]

    def weight(self):
        """The sum of weights as SQL over `facet_terms`."""
        groups = [([term], THEME) for term in self.themes] + [([term], TAG) for term in self.tags]
        groups += [(self.near, NEAR), (self.later, LATER)]
        cases = [(terms, weight) for terms, weight in groups if terms]
        sql = " + ".join(_SHARES for _case in cases)
        return RawSQL(sql, [value for case in cases for value in case], output_field=IntegerField())  # noqa: S611 - placeholders only

    def candidates(self):
        """Primary keys worth weighing, as SQL; whether the reader may see them is asked of the few that remain."""
        groups = [list(terms) for terms in (self.themes, self.tags) if terms]
        return RawSQL(" UNION ".join(_NEWEST for _group in groups), groups)  # noqa: S611 - placeholders only

    def reason(self, terms):
        """The two strongest reasons in words, from the terms of the other project."""
        terms = set(terms)
        themes = [name for term, name in self.themes.items() if term in terms]
        tags = [name for term, name in self.tags.items() if term in terms]
        places = [name for term, name in self.places.items() if term in terms]
        strength = [
            (THEME * len(themes), _same_themes(themes)),
            (TAG * len(tags), _same_tags(tags)),
            (NEAR if places else 0, _("also in %(place)s") % {"place": places[0]} if places else ""),
            (NEAR if not places and terms.intersection(self.near) else 0, _("in a neighbouring municipality")),
            (LATER if terms.intersection(self.later) else 0, _further(terms)),
        ]
        strongest = sorted((entry for entry in strength if entry[0]), key=lambda entry: -entry[0])[:REASONS]
        return "; ".join(words for _weight, words in strongest)


def similar_projects(project, parts, user):
    """Up to four cards of what `user` may see that is like `project`, the most alike first, each with its reason."""
    alike = Alike(project, parts)
    if not alike.themes and not alike.tags:
        return []
    seen = Project.objects.visible_to(user).listed().filter(pk__in=alike.candidates()).exclude(pk=project.pk)
    weighed = seen.annotate(weight=alike.weight()).order_by("-weight", "-published_at", "-pk")
    cards = [card for card in weighed.for_cards("weight", "facet_terms")[:SHOWN] if card.extra[0] >= LEAST]
    for card in cards:
        card.reason = alike.reason(card.extra[1])
    return cards


def _later(phase):
    return _ORDER[_ORDER.index(phase) + 1 :] if phase in _ORDER else []


def _same_themes(names):
    words = ngettext("same theme: %(names)s", "same themes: %(names)s", len(names))
    return words % {"names": ", ".join(names[:NAMED])}


def _same_tags(names):
    words = ngettext("same tag: %(names)s", "same tags: %(names)s", len(names))
    return words % {"names": ", ".join(names[:NAMED])}


def _further(terms):
    phase = next((term.partition(":")[2] for term in terms if term.startswith("phase:")), "")
    return _("a step further: %(phase)s") % {"phase": PHASES[phase][1]} if phase else ""

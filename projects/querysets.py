"""Questions about projects."""

from functools import cache

from django.db import connection
from django.db.models import Count, Prefetch, TextField, Value
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language

from common.publishing import PublishableQuerySet, State
from projects.cards import FIELDS, CardIterable
from projects.enums import NAMED

#: What a card shows of a project's relations, as one JSON document. Written by hand: Django needs twice as long to compile
#: the same from expressions as the database needs to answer it.
_CARD = """(SELECT json_build_object(
  'text', (SELECT json_build_object('title', t.title, 'summary', t.summary, 'language', t.language)
    FROM {texts} t WHERE t.project_id = {project}.id ORDER BY t.language = %s DESC, t.is_original DESC LIMIT 1),
  'theme', (SELECT json_build_object('slug', t.slug, 'names', t.names)
    FROM {project_themes} pt JOIN {themes} t ON t.id = pt.theme_id WHERE pt.project_id = {project}.id
    ORDER BY t.position, t.slug LIMIT 1),
  'sites', (SELECT json_agg(json_build_object('label', s.label, 'name', m.name, 'names', m.names) ORDER BY s.position, s.id)
    FROM {sites} s LEFT JOIN {municipalities} m ON m.id = s.municipality_id WHERE s.project_id = {project}.id)
)::text)"""


@cache
def _card_sql(model):
    sites = model._meta.get_field("sites").related_model
    tables = {
        "project": model,
        "texts": model._meta.get_field("texts").related_model,
        "themes": model._meta.get_field("themes").related_model,
        "project_themes": model._meta.get_field("themes").remote_field.through,
        "sites": sites,
        "municipalities": sites._meta.get_field("municipality").related_model,
    }
    return _CARD.format(**{name: connection.ops.quote_name(table._meta.db_table) for name, table in tables.items()})


class ProjectQuerySet(PublishableQuerySet):
    partner_path = "partners__organisation"
    partner_condition = {"partners__state__in": NAMED}

    def for_moderation(self):
        """What has stood longest in its state first, with what a line of the list shows; stories stay behind."""
        texts = self.model._meta.get_field("texts").related_model._default_manager.defer("story", "keywords", "vector")
        ordered = self.select_related("organisation").order_by("state_changed_at", "pk")
        return ordered.prefetch_related(Prefetch("texts", queryset=texts))

    def count_by_state(self):
        """[(state, number)] of every state, in the order of a project's life."""
        counts = dict(self.order_by().values_list("state").annotate(number=Count("pk")))
        return [(state, counts.get(state, 0)) for state in State]

    def for_cards(self, *extra):
        """Yields `projects.cards.Card` in the reader's language instead of projects, in this one query.

        Filter, order and slice it as any queryset. `extra` are names of further values, in `card.extra`.
        """
        shown = RawSQL(_card_sql(self.model), [get_language()], output_field=TextField())  # noqa: S611 - names of tables only
        cards = self.annotate(card_shown=shown).values_list(*FIELDS, *extra)
        cards._iterable_class = CardIterable
        return cards

    def conditions_met(self, conditions):
        """Of `{name: condition}` the names of which some of these projects meet the condition, as a set; at most one query."""
        found = [
            self.filter(condition).order_by().annotate(met=Value(name, TextField())).values_list("met")[:1]
            for name, condition in conditions.items()
        ]
        return {name for (name,) in found[0].union(*found[1:], all=True)} if found else set()

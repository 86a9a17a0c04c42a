"""What filters and search know of a project besides its own words: `facet_terms` and the keywords of its texts.

Two statements whatever the number of projects: the sources (themes, places, partners, tags) are read and joined where
they lie. The verbs call `index_projects`; bulk loads call `index_all`; after something below was renamed or merged,
`common.staleness` marks what stands above and the task `projects.refresh_index` comes by.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from organisations.models import Organisation, OrganisationText
from projects.models import Partner, Project, ProjectText, Site
from taxonomy.models import Municipality, Region, Tag, TaggedNoun, Theme

#: Projects in one statement: short locks, and a GIN pending list that stays small.
CHUNK = 5_000

_TABLES = {
    "project": Project,
    "project_text": ProjectText,
    "project_theme": Project.themes.through,
    "site": Site,
    "partner": Partner,
    "organisation": Organisation,
    "organisation_text": OrganisationText,
    "municipality": Municipality,
    "region": Region,
    "theme": Theme,
    "tag": Tag,
    "tagged": TaggedNoun,
}

#: One term for each value of each facet. Without a place, a project is in the country of its owner.
_TERMS = """
UPDATE {project} SET facet_terms = found.terms, index_stale = false
FROM (
  SELECT p.id, ARRAY(
    SELECT 'kind:' || p.kind
    UNION SELECT 'phase:' || p.phase
    UNION SELECT 'theme:' || t.slug
      FROM {project_theme} pt JOIN {theme} t ON t.id = pt.theme_id WHERE pt.project_id = p.id
    UNION SELECT unnest(ARRAY['municipality:' || m.slug, 'region:' || r.slug, 'country:' || m.country])
      FROM {site} s JOIN {municipality} m ON m.id = s.municipality_id JOIN {region} r ON r.id = m.region_id
      WHERE s.project_id = p.id
    UNION SELECT 'country:' || o.country FROM {organisation} o
      WHERE o.id = p.organisation_id AND o.country <> '' AND NOT EXISTS (
        SELECT FROM {site} s WHERE s.project_id = p.id AND s.municipality_id IS NOT NULL)
    UNION SELECT 'organisation:' || o.slug FROM {organisation} o WHERE o.id = p.organisation_id
    UNION SELECT 'organisation:' || o.slug
      FROM {partner} pa JOIN {organisation} o ON o.id = pa.organisation_id WHERE pa.project_id = p.id
    UNION SELECT 'tag:' || g.slug
      FROM {tagged} tg JOIN {tag} g ON g.id = tg.tag_id WHERE tg.content_type_id = %(noun)s AND tg.object_id = p.id
    ORDER BY 1
  ) AS terms
  FROM {project} p WHERE p.id = ANY(%(ids)s)
) AS found
WHERE {project}.id = found.id AND ({project}.facet_terms IS DISTINCT FROM found.terms::text[] OR {project}.index_stale)
"""

#: Who takes part, where, and what it is about, in every language: people search in theirs.
_KEYWORDS = """
UPDATE {project_text} SET keywords = found.words
FROM (
  SELECT p.id, array_to_string(array_remove(p.programme::text || ARRAY(
    SELECT o.name FROM {organisation} o WHERE o.id = p.organisation_id
    UNION SELECT ot.name FROM {organisation_text} ot WHERE ot.organisation_id = p.organisation_id AND ot.name <> ''
    UNION SELECT pa.name FROM {partner} pa WHERE pa.project_id = p.id AND pa.name <> ''
    UNION SELECT o.name FROM {partner} pa JOIN {organisation} o ON o.id = pa.organisation_id WHERE pa.project_id = p.id
    UNION SELECT ot.name FROM {partner} pa JOIN {organisation_text} ot ON ot.organisation_id = pa.organisation_id
      WHERE pa.project_id = p.id AND ot.name <> ''
    UNION SELECT s.label FROM {site} s WHERE s.project_id = p.id AND s.label <> ''
    UNION SELECT unnest(m.name || ARRAY(SELECT value FROM jsonb_each_text(m.names))
                               || ARRAY(SELECT value FROM jsonb_each_text(r.names)))
      FROM {site} s JOIN {municipality} m ON m.id = s.municipality_id JOIN {region} r ON r.id = m.region_id
      WHERE s.project_id = p.id
    UNION SELECT unnest(ARRAY(SELECT value FROM jsonb_each_text(t.names))
                        || ARRAY(SELECT word #>> '{{}}' FROM jsonb_path_query(t.synonyms, '$.*[*]') AS word))
      FROM {project_theme} pt JOIN {theme} t ON t.id = pt.theme_id WHERE pt.project_id = p.id
    UNION SELECT g.name
      FROM {tagged} tg JOIN {tag} g ON g.id = tg.tag_id WHERE tg.content_type_id = %(noun)s AND tg.object_id = p.id
    ORDER BY 1
  ), ''), ', ') AS words
  FROM {project} p WHERE p.id = ANY(%(ids)s)
) AS found
WHERE {project_text}.project_id = found.id AND {project_text}.keywords IS DISTINCT FROM found.words
"""


def index_projects(ids):
    """Write facet terms and keywords of the projects with these primary keys, in two statements for each chunk.

    May run twice without harm; rows that are right already are not written again. Returns nothing.
    """
    ids = list(ids)
    tables = {name: connection.ops.quote_name(model._meta.db_table) for name, model in _TABLES.items()}
    noun = ContentType.objects.get_for_model(Project).pk
    for start in range(0, len(ids), CHUNK):
        chunk = {"ids": ids[start : start + CHUNK], "noun": noun}
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_TERMS.format(**tables), chunk)
            cursor.execute(_KEYWORDS.format(**tables), chunk)


def index_all():
    """Index every project, whatever its state: after a bulk load that called no verbs. Returns how many there are."""
    ids = list(Project._base_manager.values_list("pk", flat=True))
    index_projects(ids)
    return len(ids)


def index_stale(limit=20 * CHUNK):
    """Index what was marked as stale, oldest first and at most `limit` projects; returns how many."""
    ids = list(Project._base_manager.filter(index_stale=True).order_by("pk").values_list("pk", flat=True)[:limit])
    index_projects(ids)
    return len(ids)

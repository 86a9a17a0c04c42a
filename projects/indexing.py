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
WITH chosen AS MATERIALIZED (SELECT id, kind, phase, organisation_id FROM {project} WHERE id = ANY(%(ids)s)),
placed AS MATERIALIZED (
  SELECT c.id, m.slug AS municipality, m.country, r.slug AS region
  FROM chosen c JOIN {site} s ON s.project_id = c.id JOIN {municipality} m ON m.id = s.municipality_id
  JOIN {region} r ON r.id = m.region_id
),
terms AS (
  SELECT id, 'kind:' || kind AS term FROM chosen
  UNION ALL SELECT id, 'phase:' || phase FROM chosen
  UNION ALL SELECT c.id, 'theme:' || t.slug
    FROM chosen c JOIN {project_theme} pt ON pt.project_id = c.id JOIN {theme} t ON t.id = pt.theme_id
  UNION ALL SELECT id, unnest(ARRAY['municipality:' || municipality, 'region:' || region, 'country:' || country]) FROM placed
  UNION ALL SELECT c.id, 'country:' || o.country FROM chosen c JOIN {organisation} o ON o.id = c.organisation_id
    WHERE o.country <> '' AND NOT EXISTS (SELECT FROM placed WHERE placed.id = c.id)
  UNION ALL SELECT c.id, 'organisation:' || o.slug FROM chosen c JOIN {organisation} o ON o.id = c.organisation_id
  UNION ALL SELECT c.id, 'organisation:' || o.slug
    FROM chosen c JOIN {partner} pa ON pa.project_id = c.id AND pa.state <> 'declined' JOIN {organisation} o ON o.id = pa.organisation_id
  UNION ALL SELECT c.id, 'tag:' || g.slug
    FROM chosen c JOIN {tagged} tg ON tg.object_id = c.id AND tg.content_type_id = %(noun)s JOIN {tag} g ON g.id = tg.tag_id
),
found AS (SELECT id, array_agg(DISTINCT term ORDER BY term) AS terms FROM terms GROUP BY id)
UPDATE {project} SET facet_terms = found.terms, index_stale = false FROM found
WHERE {project}.id = found.id AND ({project}.facet_terms IS DISTINCT FROM found.terms OR {project}.index_stale)
"""

#: Who takes part, where, and what it is about, in every language: people search in theirs. What belongs to a theme or a
#: place is joined once, not once for each project.
_KEYWORDS = """
WITH chosen AS MATERIALIZED (SELECT id, programme, organisation_id FROM {project} WHERE id = ANY(%(ids)s)),
involved AS MATERIALIZED (
  SELECT id, organisation_id FROM chosen
  UNION SELECT c.id, pa.organisation_id FROM chosen c JOIN {partner} pa ON pa.project_id = c.id
    WHERE pa.organisation_id IS NOT NULL AND pa.state <> 'declined'
),
theme_words AS MATERIALIZED (
  SELECT id, array_to_string(ARRAY(
    SELECT value FROM jsonb_each_text(names)
    UNION SELECT word #>> '{{}}' FROM jsonb_path_query(synonyms, '$.*[*]') AS word ORDER BY 1), ', ') AS words FROM {theme}
),
place_words AS MATERIALIZED (
  SELECT m.id, array_to_string(ARRAY(
    SELECT m.name UNION SELECT value FROM jsonb_each_text(m.names)
    UNION SELECT value FROM jsonb_each_text(r.names) ORDER BY 1), ', ') AS words
  FROM {municipality} m JOIN {region} r ON r.id = m.region_id
),
words AS (
  SELECT id, 1 AS place, programme AS word FROM chosen
  UNION SELECT i.id, 2, o.name FROM involved i JOIN {organisation} o ON o.id = i.organisation_id
  UNION SELECT i.id, 2, ot.name FROM involved i JOIN {organisation_text} ot ON ot.organisation_id = i.organisation_id
  UNION SELECT c.id, 3, pa.name FROM chosen c JOIN {partner} pa ON pa.project_id = c.id AND pa.state <> 'declined'
  UNION SELECT c.id, 4, s.label FROM chosen c JOIN {site} s ON s.project_id = c.id
  UNION SELECT c.id, 5, w.words
    FROM chosen c JOIN {site} s ON s.project_id = c.id JOIN place_words w ON w.id = s.municipality_id
  UNION SELECT c.id, 6, g.name
    FROM chosen c JOIN {tagged} tg ON tg.object_id = c.id AND tg.content_type_id = %(noun)s JOIN {tag} g ON g.id = tg.tag_id
  UNION SELECT c.id, 7, w.words
    FROM chosen c JOIN {project_theme} pt ON pt.project_id = c.id JOIN theme_words w ON w.id = pt.theme_id
),
found AS (SELECT id, coalesce(string_agg(word, ', ' ORDER BY place, word) FILTER (WHERE word <> ''), '') AS words FROM words GROUP BY id)
UPDATE {project_text} SET keywords = found.words FROM found
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

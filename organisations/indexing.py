"""What search knows of an organisation besides its own words: its name in every language, its places, its number and domains.

Written by the verbs. An organisation that nobody has described yet gets an empty text of no particular language, so that it is
found by its name.
"""

from django.db import connection, transaction

from common.languages import UNSPECIFIED
from organisations.models import Domain, Organisation, OrganisationText
from taxonomy.models import Municipality, Region

#: Organisations in one statement.
CHUNK = 5_000

_TABLES = {
    "organisation": Organisation,
    "text": OrganisationText,
    "domain": Domain,
    "municipality": Municipality,
    "region": Region,
}

_MISSING = """
INSERT INTO {text} (organisation_id, language, is_original, name, description, keywords)
SELECT o.id, %(language)s, true, '', '', '' FROM {organisation} o
WHERE o.id = ANY(%(ids)s) AND NOT EXISTS (SELECT FROM {text} t WHERE t.organisation_id = o.id)
"""

_KEYWORDS = """
UPDATE {text} SET keywords = found.words
FROM (
  SELECT o.id, array_to_string(array_remove(ARRAY[o.name::text, o.registration_number::text] || ARRAY(
    SELECT t.name FROM {text} t WHERE t.organisation_id = o.id
    UNION SELECT d.name FROM {domain} d WHERE d.organisation_id = o.id
    UNION SELECT unnest(m.name || ARRAY(SELECT value FROM jsonb_each_text(m.names))
                               || ARRAY(SELECT value FROM jsonb_each_text(r.names)))
      FROM {municipality} m JOIN {region} r ON r.id = m.region_id WHERE m.id = o.municipality_id
    ORDER BY 1
  ), ''), ', ') AS words
  FROM {organisation} o WHERE o.id = ANY(%(ids)s)
) AS found
WHERE {text}.organisation_id = found.id AND {text}.keywords IS DISTINCT FROM found.words
"""


def index_organisations(ids):
    """Write the search words of the organisations with these primary keys, in two statements for each chunk.

    May run twice without harm; rows that are right already are not written again. Returns nothing.
    """
    ids = list(ids)
    tables = {name: connection.ops.quote_name(model._meta.db_table) for name, model in _TABLES.items()}
    for start in range(0, len(ids), CHUNK):
        chunk = {"ids": ids[start : start + CHUNK], "language": UNSPECIFIED}
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_MISSING.format(**tables), chunk)
            cursor.execute(_KEYWORDS.format(**tables), chunk)


def index_all():
    """Index every organisation: after a bulk load, or when names of municipalities changed. Returns how many there are."""
    ids = list(Organisation._base_manager.values_list("pk", flat=True))
    index_organisations(ids)
    return len(ids)

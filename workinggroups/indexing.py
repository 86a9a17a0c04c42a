"""What search knows of a group besides its own words: who founded it, themes with their synonyms, tags.

The verbs call `index_groups`; after something below was renamed or merged, `common.staleness` marks what stands above and the task
`workinggroups.refresh_index` comes by.
"""

from common.keywords import chunks, stale_keys, write_keywords
from workinggroups.models import WorkingGroup


def index_groups(ids):
    """Write the keywords of the texts of these groups; a constant number of queries for each chunk. May run twice without harm."""
    for chunk in chunks(ids):
        found = WorkingGroup._base_manager.filter(pk__in=chunk).select_related("organisation")
        write_keywords(found.prefetch_related("texts", "themes", "tags"), keywords)


def keywords(group):
    """Every word people may look for that does not stand in the texts."""
    yield group.organisation.name
    for theme in group.themes.all():
        yield from theme.search_words()
    yield from (tag.name for tag in group.tags.all())


def index_stale():
    """Index what was marked as stale; returns how many."""
    ids = stale_keys(WorkingGroup)
    index_groups(ids)
    return len(ids)

"""What search knows of an event besides its own words: who holds it, where, themes with their synonyms, tags.

The verbs call `index_events`; after something below was renamed or merged, `common.staleness` marks what stands above and the task
`events.refresh_index` comes by.
"""

from common.keywords import chunks, stale_keys, write_keywords
from events.models import Event


def index_events(ids):
    """Write the keywords of the texts of these events; a constant number of queries for each chunk. May run twice without harm."""
    for chunk in chunks(ids):
        found = Event._base_manager.filter(pk__in=chunk).select_related("organisation", "municipality")
        write_keywords(found.prefetch_related("texts", "themes", "tags", "group__texts"), keywords)


def keywords(event):
    """Every word people may look for that does not stand in the texts."""
    if event.organisation:
        yield event.organisation.name
    if event.shows_group:
        yield from (text.name for text in event.group.texts.all())
    yield event.place
    if event.municipality:
        yield from event.municipality.search_words()
    for theme in event.themes.all():
        yield from theme.search_words()
    yield from (tag.name for tag in event.tags.all())


def index_stale():
    """Index what was marked as stale; returns how many."""
    ids = stale_keys(Event)
    index_events(ids)
    return len(ids)

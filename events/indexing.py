"""What search knows of an event besides its own words: who holds it, where, themes with their synonyms, tags.

The verbs call `index_events`; after something below was renamed or merged, `common.staleness` marks what stands above and the task
`events.refresh_index` comes by.
"""

from events.models import Event, EventText

A_CHUNK = 500


def index_events(ids):
    """Write the keywords of the texts of these events; a constant number of queries for each chunk. May run twice without harm."""
    ids = list(ids)
    for start in range(0, len(ids), A_CHUNK):
        found = Event._base_manager.filter(pk__in=ids[start : start + A_CHUNK]).select_related("organisation", "municipality")
        _write(list(found.prefetch_related("texts", "themes", "tags", "group__texts")))


def _write(events):
    changed = []
    for event in events:
        words = ", ".join(dict.fromkeys(word for word in keywords(event) if word))
        texts = [text for text in event.texts.all() if text.keywords != words]
        for text in texts:
            text.keywords = words
        changed += texts
    EventText.objects.bulk_update(changed, ["keywords"])
    Event._base_manager.filter(pk__in=[event.pk for event in events], index_stale=True).update(index_stale=False)


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


def index_stale(limit=20 * A_CHUNK):
    """Index what was marked as stale; returns how many."""
    ids = list(Event._base_manager.filter(index_stale=True).order_by("pk").values_list("pk", flat=True)[:limit])
    index_events(ids)
    return len(ids)

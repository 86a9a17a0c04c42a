"""What search knows of a group besides its own words: who founded it, themes with their synonyms, tags.

The verbs call `index_groups`; after something below was renamed or merged, `common.staleness` marks what stands above and the task
`workinggroups.refresh_index` comes by.
"""

from workinggroups.models import GroupText, WorkingGroup

A_CHUNK = 500


def index_groups(ids):
    """Write the keywords of the texts of these groups; a constant number of queries for each chunk. May run twice without harm."""
    ids = list(ids)
    for start in range(0, len(ids), A_CHUNK):
        found = WorkingGroup._base_manager.filter(pk__in=ids[start : start + A_CHUNK]).select_related("organisation")
        _write(list(found.prefetch_related("texts", "themes", "tags")))


def _write(groups):
    changed = []
    for group in groups:
        words = ", ".join(dict.fromkeys(word for word in keywords(group) if word))
        texts = [text for text in group.texts.all() if text.keywords != words]
        for text in texts:
            text.keywords = words
        changed += texts
    GroupText.objects.bulk_update(changed, ["keywords"])
    WorkingGroup._base_manager.filter(pk__in=[group.pk for group in groups], index_stale=True).update(index_stale=False)


def keywords(group):
    """Every word people may look for that does not stand in the texts."""
    yield group.organisation.name
    for theme in group.themes.all():
        yield from theme.search_words()
    yield from (tag.name for tag in group.tags.all())


def index_stale(limit=20 * A_CHUNK):
    """Index what was marked as stale; returns how many."""
    ids = list(WorkingGroup._base_manager.filter(index_stale=True).order_by("pk").values_list("pk", flat=True)[:limit])
    index_groups(ids)
    return len(ids)

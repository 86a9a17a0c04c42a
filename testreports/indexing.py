"""What search knows of a report besides its own words: the lab, who tested, the project, themes with their synonyms.

The verbs call `index_reports`; after something below was renamed or merged, `common.staleness` marks what stands above and the task
`testreports.refresh_index` comes by.
"""

from common.keywords import chunks, stale_keys, write_keywords
from testreports.models import TestReport


def index_reports(ids):
    """Write the keywords of the texts of these reports; a constant number of queries for each chunk. May run twice without harm."""
    for chunk in chunks(ids):
        found = TestReport._base_manager.filter(pk__in=chunk).select_related("lab__organisation", "organisation")
        write_keywords(found.prefetch_related("texts", "lab__texts", "lab__themes", "lab__sites__municipality"), keywords)


def keywords(report):
    """Every word people may look for that does not stand in the texts. The project is no such word: it may not be seen by all readers."""
    yield report.organisation.name
    yield report.lab.organisation.name
    yield from (text.name for text in report.lab.texts.all())
    for site in report.lab.sites.all():
        if site.municipality:
            yield from site.municipality.search_words()
    for theme in report.lab.themes.all():
        yield from theme.search_words()


def index_stale():
    """Index what was marked as stale; returns how many."""
    ids = stale_keys(TestReport)
    index_reports(ids)
    return len(ids)

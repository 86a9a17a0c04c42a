"""What search knows of a report besides its own words: the lab, who tested, the project, themes with their synonyms.

The verbs call `index_reports`; after something below was renamed or merged, `common.staleness` marks what stands above and the task
`testreports.refresh_index` comes by.
"""

from testreports.models import TestReport, TestReportText

A_CHUNK = 500
WITH = ("texts", "lab__texts", "lab__themes", "lab__sites__municipality")


def index_reports(ids):
    """Write the keywords of the texts of these reports; a constant number of queries for each chunk. May run twice without harm."""
    ids = list(ids)
    for start in range(0, len(ids), A_CHUNK):
        found = TestReport._base_manager.filter(pk__in=ids[start : start + A_CHUNK])
        _write(list(found.select_related("lab__organisation", "organisation").prefetch_related(*WITH)))


def _write(reports):
    changed = []
    for report in reports:
        words = ", ".join(dict.fromkeys(word for word in keywords(report) if word))
        texts = [text for text in report.texts.all() if text.keywords != words]
        for text in texts:
            text.keywords = words
        changed += texts
    TestReportText.objects.bulk_update(changed, ["keywords"])
    TestReport._base_manager.filter(pk__in=[report.pk for report in reports], index_stale=True).update(index_stale=False)


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


def index_stale(limit=20 * A_CHUNK):
    """Index what was marked as stale; returns how many."""
    ids = list(TestReport._base_manager.filter(index_stale=True).order_by("pk").values_list("pk", flat=True)[:limit])
    index_reports(ids)
    return len(ids)

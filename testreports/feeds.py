"""The newest reports of any filter as an Atom feed (RFC 4287)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from projects.feeds import ProjectAtom
from testreports.filters import ready

LENGTH = 40


def report_feed(found, absolute):
    """The feed of a `ReportFilter` as text. `absolute(path)` gives the whole address of a path."""
    here = absolute(reverse("testreports:feed") + found.address)
    feed = ProjectAtom(
        title=f"{_('Test reports')} · {settings.PORTAL['name']}", link=absolute(reverse("testreports:list") + found.address),
        feed_url=here, feed_guid=here, language=get_language(), description=_("What was tried in the living labs, and how it went."),
    )  # fmt: skip
    host = urlsplit(settings.SITE_URL).hostname
    for report in ready(found.queryset)[:LENGTH]:
        text = report.text
        feed.add_item(
            title=str(report), link=absolute(report.get_absolute_url()), description=text.summary if text else "",
            author_name=report.organisation.name, unique_id=f"tag:{host},{report.released_at:%Y-%m-%d}:report-{report.pk}",
            pubdate=report.released_at, updateddate=max(report.released_at, report.updated_at),
            categories=[str(theme) for theme in report.lab.themes.all()],
            language=text.language if text and text.language in dict(settings.LANGUAGES) else "",
        )  # fmt: skip
    return feed.writeString("utf-8")

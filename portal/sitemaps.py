"""/sitemap.xml and /robots.txt: every public page with the same page in the other languages, for search engines.

An index leads to files of `SIZE` pages each, so that a large catalogue is read in pieces. What it lists is what a visitor
without an account sees.
"""

from collections import defaultdict

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe
from wagtail.models import Page

from common.languages import language_codes
from events.models import Event, Minutes
from livinglabs.models import LivingLab, Offer
from members.models import Profile
from organisations.models import Organisation
from projects.models import Project
from taxonomy.models import Municipality, Theme
from testreports.models import TestReport
from workinggroups.models import WorkingGroup

SIZE = 5_000
MOST_FILES = 10_000  # what an index may name is 50,000 (sitemaps.org)
LISTS = (
    "projects:list", "projects:map", "livinglabs:list", "livinglabs:map", "workinggroups:list", "events:list", "events:decisions",
    "testreports:list", "organisations:list", "people:list", "editorial:themes", "editorial:municipalities",
)  # fmt: skip
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


class Nouns:
    """Pages of rows with a slug: `rows` in a steady order, `url_name` of their page, `changed` the column of the last change.

    `slugs` are the columns that the address is made of.
    """

    def __init__(self, rows, url_name, changed=None, slugs=("slug",)):
        self.rows, self.url_name, self.changed, self.slugs = rows, url_name, changed, slugs

    def count(self):
        return self.rows().count()

    def pages(self, start, stop):
        """(addresses by language, last change or None) of the rows from `start` to `stop`; one query."""
        columns = [*self.slugs, *([self.changed] if self.changed else [])]
        found, width = list(self.rows().values_list(*columns)[start:stop]), len(self.slugs)
        by_language = {code: self._addresses(code, [row[:width] for row in found]) for code in language_codes()}
        for number, row in enumerate(found):
            yield {code: addresses[number] for code, addresses in by_language.items()}, next(iter(row[width:]), None)

    def _addresses(self, code, slugs):
        with override(code):
            return [reverse(self.url_name, args=row) for row in slugs]


class Lists:
    """The pages that list nouns: few, and always there."""

    def count(self):
        return len(LISTS)

    def pages(self, start, stop):
        for name in LISTS[start:stop]:
            yield {code: _in_language(code, name) for code in language_codes()}, None


class Editorial:
    """What editors wrote, each page with its translations."""

    def _live(self):
        return Page.objects.live().public().filter(depth__gt=1)

    def count(self):
        return self._live().values("translation_key").distinct().count()

    def pages(self, start, stop):
        keys = self._live().order_by("translation_key").values_list("translation_key", flat=True).distinct()[start:stop]
        together = defaultdict(list)
        for page in self._live().filter(translation_key__in=list(keys)).select_related("locale"):
            together[page.translation_key].append(page)
        for pages in together.values():
            changed = max((page.last_published_at for page in pages if page.last_published_at), default=None)
            yield {page.locale.language_code: page.get_url() for page in pages}, changed


def _in_language(code, name):
    with override(code):
        return reverse(name)


SECTIONS = {
    "pages": Editorial(),
    "lists": Lists(),
    "themes": Nouns(lambda: Theme.objects.order_by("pk"), "editorial:theme"),
    "municipalities": Nouns(lambda: Municipality.objects.filter(in_portal=True).order_by("pk"), "editorial:municipality"),
    "events": Nouns(lambda: Event.objects.visible_to(AnonymousUser()).taking_place().order_by("pk"), "events:detail", "updated_at"),
    "minutes": Nouns(
        lambda: Minutes.objects.visible_to(AnonymousUser()).in_force().filter(event__visibility="public").order_by("pk"),
        "events:minutes",
        "updated_at",
        slugs=("event__slug",),
    ),
    "organisations": Nouns(lambda: Organisation.objects.visible_to(AnonymousUser()).order_by("pk"), "organisations:detail", "updated_at"),
    "people": Nouns(lambda: Profile.objects.visible_to(AnonymousUser()).order_by("pk"), "people:detail", "updated_at"),
    "living-labs": Nouns(lambda: LivingLab.objects.visible_to(AnonymousUser()).listed().order_by("pk"), "livinglabs:detail", "updated_at"),
    "offers": Nouns(
        lambda: Offer.objects.visible_to(AnonymousUser()).listed().order_by("pk"), "livinglabs:offer", "updated_at", ("lab__slug", "slug")
    ),
    "working-groups": Nouns(
        lambda: WorkingGroup.objects.visible_to(AnonymousUser()).listed().order_by("pk"), "workinggroups:detail", "updated_at"
    ),
    "test-reports": Nouns(
        lambda: TestReport.objects.visible_to(AnonymousUser()).listed().order_by("pk"), "testreports:detail", "updated_at"
    ),
    "projects": Nouns(lambda: Project.objects.visible_to(AnonymousUser()).listed().order_by("pk"), "projects:detail", "updated_at"),
}


@require_safe
def sitemap_index(request):
    """The files there are."""
    files = ((name, number) for name, section in SECTIONS.items() for number in range(1, -(-section.count() // SIZE) + 1))
    places = (request.build_absolute_uri(reverse("sitemap_part", args=[name, number])) for name, number in files)
    entries = "".join(f"<sitemap><loc>{place}</loc></sitemap>\n" for place in places)
    return _xml(f"{_HEAD}<sitemapindex {_NAMESPACE}>\n{entries}</sitemapindex>\n")


@require_safe
def sitemap_part(request, section, number):
    """One file; 404 where there is none."""
    if section not in SECTIONS or not 1 <= number <= MOST_FILES:
        raise Http404
    site = request.build_absolute_uri("/")[:-1]
    entries = "".join(_entries(site, *page) for page in SECTIONS[section].pages((number - 1) * SIZE, number * SIZE))
    if not entries:
        raise Http404
    return _xml(f'{_HEAD}<urlset {_NAMESPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{entries}</urlset>\n')


def _entries(site, addresses, changed):
    """One entry for each language of a page, each with all languages (https://developers.google.com/search: localized versions)."""
    default = addresses.get(settings.LANGUAGE_CODE)
    others = [*addresses.items(), *([("x-default", default)] if default else [])]
    links = "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href="{site}{path}"/>' for code, path in others)
    stamp = f"<lastmod>{changed:%Y-%m-%d}</lastmod>" if changed else ""
    return "".join(f"<url><loc>{site}{path}</loc>{stamp}{links}</url>\n" for path in addresses.values())


def _xml(text):
    return HttpResponse(text, content_type="application/xml")


@require_safe
def robots(request):
    """What search engines leave alone: what needs an account, searches, and the same projects as files."""
    closed = (
        "/cms/",
        "/files/",
        "/*/accounts/",
        "/*/search/",
        "/*/projects/export.",
        "/*/projects/feed/",
        "/*/living-labs/export.",
        "/*/living-labs/feed/",
        "/*/working-groups/export.",
        "/*/working-groups/feed/",
        "/*/projects/*more=",
        "/*/events/month/",
        "/*/events/feed/",
        "/*/events/mine/",
        "/*/test-reports/export.",
        "/*/test-reports/feed/",
    )
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

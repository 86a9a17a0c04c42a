"""A project as one card of a list: what it needs from the database, and its markup.

Lists show 24 of them, so a card is a row of values instead of an object with relations, and its markup is put together
here instead of in a template: one query for a page of cards, and about a fiftieth of a millisecond for each.
"""

import json
from datetime import date
from functools import lru_cache

from django.db.models.query import ValuesListIterable
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.formats import year_range
from common.languages import in_language
from common.markup import cover, icon, is_other_language, lang_badge, phase_steps, theme_badge
from projects.enums import Kind

#: Columns and the annotation of `ProjectQuerySet.for_cards`, in the order of `Card`.
FIELDS = ("pk", "slug", "kind", "phase", "start_date", "end_date", "is_demo", "organisation__name", "card_shown")
SUMMARY_LENGTH = 240  # three lines of the widest card
CUT = " …"
MOST_PLACES = 2


class Name:
    """Something with a slug and names by language, read from JSON; the badge of a theme takes it for the theme."""

    __slots__ = ("names", "slug")

    def __init__(self, slug, names):
        self.slug, self.names = slug, names

    def __str__(self):
        return in_language(self.names, fallback=self.slug)


class Card:
    """One project of a list. `reason` is a sentence why it stands there; `html` is the whole card."""

    __slots__ = (
        "end_date", "extra", "is_demo", "kind", "marked", "organisation", "phase", "pk", "reason", "sites", "slug", "start_date", "text",
        "theme",
    )  # fmt: skip

    def __init__(self, *values):
        (self.pk, self.slug, self.kind, self.phase, self.start_date, self.end_date, self.is_demo, self.organisation, shown,
         *self.extra) = values  # fmt: skip
        shown = json.loads(shown)
        self.text = shown["text"] or {"title": self.slug, "summary": "", "language": ""}
        self.theme = Name(**shown["theme"]) if shown["theme"] else None
        self.sites = shown["sites"] or ()
        self.reason = ""
        self.marked = {}  # title and summary with the words of a search marked

    def __str__(self):
        return self.text["title"]

    def get_absolute_url(self):
        return reverse("projects:detail", args=[self.slug])

    @property
    def summary(self):
        """As much of the summary as a card shows, cut between words."""
        words = self.text["summary"]
        return words if len(words) <= SUMMARY_LENGTH else words[:SUMMARY_LENGTH].rpartition(" ")[0] + CUT

    @property
    def place(self):
        """“Køge”, “Køge, Lund + 3”; the label of a site where no municipality is named; else ""."""
        language = get_language()
        names = dict.fromkeys(site["names"].get(language) or site["name"] for site in self.sites if site["name"])
        names = list(names or dict.fromkeys(site["label"] for site in self.sites if site["label"]))
        rest = len(names) - MOST_PLACES
        return ", ".join(names[:MOST_PLACES]) + (f" + {rest}" if rest > 0 else "")

    @property
    def html(self):
        language = self.text["language"]
        lang, badge = (f' lang="{escape(language)}"', " " + lang_badge(language)) if is_other_language(language) else ("", "")
        slug = self.theme.slug if self.theme else ""
        url, title = self.get_absolute_url(), self.marked.get("title") or escape(self.text["title"])
        summary = self.marked.get("summary") or escape(self.summary)
        place, organisation = self.place, escape(self.organisation)
        where = f"<span>{icon('pin')}{escape(place)}</span>" if place else f"<span>{icon('organisation')}{organisation}</span>"
        return mark_safe(
            f'<article class="card">{cover(slug, self.pk)}<div class="card__body">'
            f"{theme_badge(slug, str(self.theme)) if slug else ''}"
            f'<h3 class="card__title"><a href="{url}"{lang}>{title}</a>{badge}</h3>'
            f'<p class="card__text"{lang}>{summary}</p>'
            f'<p class="card__meta">{where}<span>{_when(self.kind, self.start_date, self.end_date)}</span></p>'
            f"{self._why()}"
            f'<div class="card__foot">{phase_steps(self.phase)}{_demo_badge(get_language()) if self.is_demo else ""}</div>'
            f"</div></article>"
        )

    def _why(self):
        return f'<p class="small"><b>{escape(_("Similar:"))}</b> {escape(self.reason)}</p>' if self.reason else ""


class CardIterable(ValuesListIterable):
    """Rows of `for_cards` as cards."""

    def __iter__(self):
        for row in super().__iter__():
            yield Card(*row)


def _when(kind, start, end):
    return _kind_and_years(kind, start and start.year, end and end.year, get_language())


@lru_cache(maxsize=1024)
def _kind_and_years(kind, start, end, _language):
    years = year_range(start and date(start, 1, 1), end and date(end, 1, 1))
    return escape(", ".join(part for part in (str(Kind(kind).label), years) if part))


@lru_cache(maxsize=8)
def _demo_badge(_language):
    return SafeString(f'<span class="tag">{escape(_("Demo"))}</span>')

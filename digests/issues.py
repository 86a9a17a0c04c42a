"""The editors' issue of a week: whom it is for, and its introduction as HTML and as text."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from html import unescape

from django.utils.html import format_html, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from common.languages import in_language
from common.mail import absolute, styled
from common.markup import language_name
from common.rich_text import sanitise
from digests.schedule import zone_of

#: What the editor's tool writes, as the portal's pages say it.
_SAID = {"<b>": "<strong>", "</b>": "</strong>", "<i>": "<em>", "</i>": "</em>"}
_PATHS = re.compile(r'(<a [^>]*href=")(/[^"]*)')
_LINKS = re.compile(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', re.S)
_BREAKS, _POINTS = re.compile(r"<br ?/?>"), re.compile(r"<li>")
_ENDS, _GAPS = re.compile(r"</(?:p|ul|ol|h3|h4)>"), re.compile(r"\n{3,}")


def monday_of(day):
    return day - timedelta(days=day.weekday())


def week_of(reader, moment=None):
    """The Monday of the week in which a reader's digest comes, on his or her clock."""
    return monday_of((moment or reader.until).astimezone(zone_of(reader.user.time_zone)).date())


def intro_html(html):
    """Through the one sanitiser; links to the portal's own pages can be followed from a mail."""
    html = re.sub("</?[bi]>", lambda found: _SAID[found[0]], expand_db_html(html))
    return sanitise(_PATHS.sub(lambda found: found[1] + absolute(found[2]), html))


def intro_text(html):
    """The same as text: an address stands behind the words that lead there."""
    text = _LINKS.sub(lambda found: f"{found[2]} ({found[1]})" if strip_tags(found[2]) != found[1] else found[1], intro_html(html))
    text = _ENDS.sub("\n\n", _POINTS.sub("\n* ", _BREAKS.sub("\n", text)))
    return _GAPS.sub("\n\n", unescape(strip_tags(text))).strip()


@dataclass(frozen=True, slots=True)
class Audience:
    """Who fits: every part that is filled in; `places` and `regions` are one part. Keys of rows, words of types."""

    types: frozenset = frozenset()
    themes: frozenset = frozenset()
    places: frozenset = frozenset()
    regions: frozenset = frozenset()

    @property
    def parts(self):
        """How narrow it is."""
        return bool(self.types) + bool(self.themes) + bool(self.places or self.regions)

    def holds(self, who):
        """Whether somebody, told in the same words, belongs to it."""
        return (
            (not self.types or bool(self.types & who.types))
            and (not self.themes or bool(self.themes & who.themes))
            and (not (self.places or self.regions) or bool(self.places & who.places or self.regions & who.regions))
        )


@dataclass(frozen=True, eq=False, slots=True)
class Standing:
    """One issue as the digests of its week hold it. `week` is its Monday, None for one that is only looked at."""

    noun: tuple
    week: object
    intro: dict
    audience: Audience = Audience()
    is_used: bool = False
    news: list = field(default_factory=list)

    def intro_in(self, language):
        """(HTML, text) of the introduction as it stands in a mail; empty without one."""
        code, html = chosen(self.intro, language)
        return for_mail(html, code, language) if html else ("", "")


def chosen(intro, language):
    """(language, HTML) of an introduction: the reader's own, else the portal's, else any."""
    html = in_language(intro, language)
    return next((code for code, text in intro.items() if text == html), ""), html


def said_of(code, language):
    """What stands above words in another language than the reader's."""
    return "" if code == language else _("In %(language)s:") % {"language": language_name(code)}


def for_page(intro, language):
    """What a page shows of an introduction; None without one."""
    code, html = chosen(intro, language)
    return {"language": code, "said": said_of(code, language), "html": intro_html(html)} if html else None


@lru_cache(maxsize=64)
def for_mail(html, code, language):
    """(HTML, text) as they stand in mails to readers of `language`."""
    said = said_of(code, language)
    note = format_html('<p class="note tight">{}</p>', said) if said else ""
    markup = styled(format_html('{}<div lang="{}">{}</div>', note, code, intro_html(html)))
    return mark_safe(markup), f"{said}\n\n{intro_text(html)}".strip()

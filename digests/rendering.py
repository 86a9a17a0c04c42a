"""A digest as a mail. A piece of news is drawn once for each language, and used for all its readers."""

import textwrap
from collections import Counter
from functools import cached_property, lru_cache

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from common.languages import UNSPECIFIED
from common.mail import LINE_LENGTH, Mail, absolute, wrapped
from common.text import clean_text
from digests.assembling import MARK, escaped, put_together
from digests.enums import Frequency, Weekday
from digests.faults import or_else
from digests.schedule import zone_of
from digests.sections import SECTIONS
from digests.sections.base import ORANGE, WHY
from digests.tokens import NOTHING, address, mute_url, stop_url

LONGEST, TITLE = 240, 160  # characters
ROWS = 36  # of a whole mail, so that it stays well below the 102 KB at which Gmail cuts
MUTES = 6
AHEAD = 3
PREVIEW_KEY = NOTHING


def language_of(user):
    return user.language if user.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def mail_of(reader, key):
    """The `Mail` of one reader, whose `told` is filled."""
    language = language_of(reader.user)
    with override(language):
        sections, names, (number, titles) = sections_of(reader, key, language), Names(reader), titles_of(reader, language)
        stop, (intro, intro_text) = stop_url(reader.user.pk), reader.issue.intro_in(language) if reader.issue else ("", "")
        context = {
            "sections": sections,
            "headline": headline(number, titles),
            "title": title_of(reader, number),
            "ahead": " · ".join(titles[1:]) or settings.PORTAL["name"],
            "matter": names.matter(),
            "intro": intro,
            "intro_text": intro_text,
            "mutes": names.mutes(),
            "browser_url": whole_url(key),
            **_same_for_all(language, settings.SITE_URL),
        }
        return Mail(
            template="digest", address=reader.user.email, language=language, key=key, context=context,
            why=_why_it_comes(reader.subscription.frequency, reader.subscription.weekday, language),
            stop_url=stop, settings_url=context["settings_url"], list_name="digest", draw=put_together,
        )  # fmt: skip


@lru_cache(maxsize=10)
def _same_for_all(language, site):
    """What stands in all mails of a language."""
    return {
        "desk": _("Open your desk"),
        "desk_url": absolute(reverse("portal:desk")),
        "mute_label": _("Keep out of this mail:"),
        "settings_label": _("Change what it is about and when it comes"),
        "settings_url": absolute(reverse("digests:settings")),
        "browser_label": _("Read it in the browser"),
        "stop_label": _("Stop this mail (one click, no sign-in)"),
    }


def sections_of(reader, key, language):
    """What stands under each heading: its rows, as many as fit, and the way to the rest."""
    found, left, names = [], ROWS, Names(reader)
    if reader.again:
        rows = [or_else(None, again_row, noun, language) for _key, noun in reader.again[:5]]
        rows = [one for one in rows if one]
        found.append({"key": "again", "label": _("You may have seen this"), "rows": rows})
        left -= len(rows)
    for section in SECTIONS:
        told = reader.told.get(section.key, ())
        shown = told[: min(section.shown, left)]
        left -= len(shown)
        if told:
            rows = [or_else(None, row, section, one.news, language, names.because(one.because, section)) for one in shown]
            rows = [one for one in rows if one]
            found.append({"key": section.key, "label": section.label, "rows": rows, **_more(len(told) - len(shown), section, key)})
    return found


def _more(number, section, key):
    if not number:
        return {}
    more = ngettext("%(number)d more", "%(number)d more", number) % {"number": number}
    return {"more": f"+ {more}", "more_url": f"{whole_url(key)}#{section.key}"}


def whole_url(key):
    """Where the whole list stands: of a mail that was sent, or of one that is only looked at."""
    return absolute(reverse("digests:preview")) if key == PREVIEW_KEY else address("digests:mail", key)


def row(section, news, language, why):
    """A row with why it comes."""
    html, text = body(section, news, language, bool(why))
    if not why:
        return {"html": mark_safe(html[0]), "text": text[0]}
    return {"html": mark_safe(f"{html[0]}{escaped(why)}{html[1]}"), "text": f"{text[0]}{_below(why)}{text[1]}"}


@lru_cache(maxsize=8_000)
def body(section, news, language, has_why):
    """A row as HTML and text, each before and after the reason: drawn once for each language, whatever the reason."""
    code, title, text = news.in_language(language)
    words = [str(one or "").replace(MARK, "") for one in (title, shortened(text), section.note(news, language))]  # people can write it, too
    shown = drawn(*words, news.path(language), code, MARK if has_why else "", section.colour)
    return shown["html"].split(MARK), shown["text"].split(MARK)


@lru_cache(maxsize=2_000)
def _below(why):
    return "\n  ".join(textwrap.wrap(clean_text(why), LINE_LENGTH - 2, break_long_words=False, break_on_hyphens=False))


def again_row(noun, language):
    return drawn(str(noun), "", "", noun.get_absolute_url(), language_of_noun(noun, language), "", ORANGE)


def language_of_noun(noun, language):
    """The language of what a noun is called to somebody who reads `language`: its own where it has no other text."""
    return getattr(getattr(noun, "text", None) or noun, "language", language)


def drawn(title, text, note, path, code, why, colour):
    code = "" if code == UNSPECIFIED else code
    shown = {"title": shortened(title, TITLE), "text": text, "note": note, "why": why}
    shown |= {"url": absolute(path), "lang": code, "colour": colour}
    markup = get_template("emails/_digest_row.html").template.render(Context(shown)).strip()
    plain = get_template("emails/_digest_row.txt").template.render(Context(shown, autoescape=False))
    return {"html": mark_safe(clean_text(markup.replace("\x00", ""))), "text": wrapped(plain).rstrip("\n")}


def shortened(text, length=LONGEST):
    """So many characters of it, to the end of a word where there is one."""
    words = " ".join(text.split())
    return words if len(words) <= length else (words[:length].rpartition(" ")[0] or words[:length]) + " …"


class Names:
    """Why something comes to a reader, in words of the active language."""

    def __init__(self, reader):
        self.reader, self.language = reader, get_language()

    def name(self, noun):
        return self.reader.names.get(noun, {}).get(self.language, "")

    def because(self, because, section=None):
        """A sentence, where the heading does not say it already."""
        if isinstance(because, str):
            return str(WHY.get(because, ""))
        if ContentType.objects.get_for_id(because[0]).model == "workinggroup":
            return str(getattr(section, "of_group", ""))
        name = self.name(because)
        return _("Because you follow %(followed)s") % {"followed": name} if name else ""

    @cached_property
    def followed(self):
        """[(noun, name)] of what it is about, the most frequent first."""
        counted = Counter(one.because for told in self.reader.told.values() for one in told if not isinstance(one.because, str))
        return [(noun, name) for noun, _number in counted.most_common(MUTES) if (name := self.name(noun))]

    def matter(self):
        names = [name for _noun, name in self.followed]
        return _("For what you follow: %(names)s.") % {"names": ", ".join(names)} if names else ""

    def mutes(self):
        return [{"label": name, "url": mute_url(self.reader.user.pk, noun)} for noun, name in self.followed]


def titles_of(reader, language):
    """How many news there are, and what the first of them are called."""
    news = [one.news for told in reader.told.values() for one in told if one.news.section != "nudge"]
    if not news:
        return len(reader.again), [str(noun) for _key, noun in reader.again[: AHEAD + 1]]
    return len(news), [one.in_language(language)[1] for one in news[: AHEAD + 1]]


def headline(number, titles):
    """The subject: the first news, and how many more."""
    if number < 2:
        return titles[0] if titles else settings.PORTAL["name"]
    more = ngettext("and %(number)d more", "and %(number)d more", number - 1) % {"number": number - 1}
    return f"{shortened(titles[0], 90)}, {more}"


def title_of(reader, number):
    day = timezone.localtime(reader.since, zone_of(reader.user.time_zone)).date()
    words = ngettext("%(number)d thing since %(since)s", "%(number)d things since %(since)s", number)
    return words % {"number": number, "since": _day(day, get_language())}


@lru_cache(maxsize=100)
def _day(day, language):
    return date_format(day, "DATE_FORMAT")


@lru_cache(maxsize=100)
def _why_it_comes(frequency, weekday, language):
    """Why it comes, and what happens when there is nothing."""
    how_often = {
        Frequency.DAILY: _("You get this mail every day because you asked for it."),
        Frequency.WEEKLY: _("You get this mail every week, on %(day)s, because you asked for it."),
        Frequency.FORTNIGHTLY: _("You get this mail every two weeks, on %(day)s, because you asked for it."),
        Frequency.MONTHLY: _("You get this mail every month, on its first %(day)s, because you asked for it."),
    }.get(frequency, _("You see what would stand in your digest. None comes at present."))
    nothing = _("When there is nothing new, we send nothing.")
    return " ".join((how_often % {"day": Weekday(weekday).label}, nothing))

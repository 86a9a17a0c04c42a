"""One row of a file as a project: every cell read, every complaint kept beside its column."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from common.languages import UNSPECIFIED
from common.text import clean_text, has_words
from projects.enums import Kind, Phase
from projects.importing import words
from projects.importing.cleaning import clean_story, first_words, restore_lost, strip_html
from projects.importing.names import tidy_name
from projects.importing.values import (
    read_choice,
    read_country,
    read_currency,
    read_date,
    read_degrees,
    read_money,
    word_key,
)
from projects.models import STORY_LIMIT
from taxonomy.tags import TAG_LENGTH, clean_tags

_BETWEEN = re.compile(r"[;|\n]")
_ROLE_BEHIND = re.compile(r"(.+?)\s*\(([^()]+)\)")
_KIND_WORDS = (
    (Kind.PROCUREMENT, r"procurement|upphandling|udbud|indkøb"),
    (Kind.ROLLOUT, r"roll-?out|udrulning|införande av"),
    (Kind.PILOT, r"pilot|förstudie|forstudie|feasibility"),
    (Kind.DEMONSTRATION, r"demonstr|living lab|test ?bed|testbädd|demonstrator"),
)


@dataclass
class ProjectRow:
    """What a row says, ready to be written. `lead` and `partners` are names still, not organisations."""

    source: str = ""
    source_key: str = ""
    texts: list = field(default_factory=list)
    kind: str = ""
    phase: str = ""
    stopped_reason: str = ""
    start_date: object = None
    end_date: object = None
    budget: object = None
    currency: str = ""
    programme: str = ""
    contact_name: str = ""
    lead: dict = field(default_factory=dict)
    partners: list = field(default_factory=list)
    places: list = field(default_factory=list)
    site: str = ""
    point: tuple = ()
    themes: list = field(default_factory=list)
    goals: list = field(default_factory=list)
    tags: list = field(default_factory=list)
    url: str = ""

    def fingerprint(self):
        """Equal for equal rows: a second import of the same row leaves the project as members have made it since."""
        return hashlib.sha256(json.dumps(asdict(self), default=str, sort_keys=True).encode()).hexdigest()

    def phase_at(self, today):
        """The phase the row names, else what its dates say: planned, under way, or ended and to be evaluated."""
        if self.phase:
            return self.phase
        if self.start_date and self.start_date > today:
            return Phase.PLANNING
        return Phase.EVALUATION if self.end_date and self.end_date < today else Phase.DEMONSTRATION


class RowReader:
    """Reads cells into a `ProjectRow`. `vocabulary` knows municipalities, themes and goals; `source` is the file's own."""

    def __init__(self, vocabulary, source):
        self.vocabulary, self.source = vocabulary, source

    def read(self, cells):
        """`(row, errors)`, where errors are `(column, message)`; a row with errors is not to be written."""
        self._cells, self._errors = cells, []
        row = ProjectRow(source=self._line("source", 40) or self.source, source_key=self._key())
        row.texts = self._texts()
        row.kind = self._read("kind", lambda text: read_choice(text, words.KINDS)) or self._guess_kind()
        row.phase = self._read("phase", lambda text: read_choice(text, words.PHASES)) or ""
        row.stopped_reason = self._line("stopped_reason", 2_000)
        row.programme = self._line("programme", 160)
        row.contact_name = self._line("contact_name", 120)
        self._dates(row)
        self._money(row)
        self._people(row)
        self._places(row)
        self._subjects(row)
        row.url = self._read("url", _read_url) or ""
        return row, self._errors

    def _key(self):
        key = self._line("source_key", 120)
        if not key:
            self._errors.append(("source_key", _("Every row needs a key of its own, so that a second import recognises it.")))
        return key

    def _read(self, column, read):
        text = self._cells.get(column, "")
        if not text:
            return None
        try:
            return read(text)
        except (ValueError, ValidationError) as error:
            self._errors.extend((column, message) for message in getattr(error, "messages", [str(error)]))
            return None

    def _line(self, column, limit):
        return self._read(column, lambda text: _limited(clean_text(text, single_line=True), limit)) or ""

    def _texts(self):
        language = self._read("language", _read_language) or UNSPECIFIED
        original = self._text(language, "")
        if not has_words(original["title"]) and not any(column == "title" for column, _message in self._errors):
            self._errors.append(("title", _("A project needs a title with words in it.")))
        texts = [original | {"is_original": True}]
        languages = {column.rpartition("_")[2] for column in self._cells if re.fullmatch(r"(title|summary|story)_[a-z]{2}", column)}
        for code in sorted(languages - {language}):
            text = self._text(code, f"_{code}")
            if text["title"]:
                texts.append(text | {"is_original": False})
        return texts

    def _text(self, language, suffix):
        title = self._read(f"title{suffix}", lambda text: _limited(clean_text(_plain(text), single_line=True), 300)) or ""
        story = self._read(f"story{suffix}", lambda text: _limited(clean_text(clean_story(text)), STORY_LIMIT)) or ""
        summary = self._read(f"summary{suffix}", lambda text: _limited(clean_text(_plain(text), single_line=True), 600))
        return {"language": language, "title": title, "summary": summary or first_words(story, title), "story": story}

    def _guess_kind(self):
        title = self._cells.get("title", "").casefold()
        return next((kind for kind, pattern in _KIND_WORDS if re.search(pattern, title)), Kind.RESEARCH)

    def _dates(self, row):
        row.start_date, row.end_date = self._read("start_date", read_date), self._read("end_date", read_date)
        if row.start_date and row.end_date and row.end_date < row.start_date:
            message = _("The end, %(end)s, lies before the start, %(start)s.")
            self._errors.append(("end_date", message % {"end": row.end_date, "start": row.start_date}))

    def _money(self, row):
        row.budget, written = self._read("budget", read_money) or (None, "")
        row.currency = self._read("currency", read_currency) or written
        if row.budget is not None and not row.currency:
            self._errors.append(("currency", _("A budget needs its currency.")))

    def _people(self, row):
        country = self._read("country", read_country) or ""
        name = tidy_name(self._line("lead_name", 200))
        registration, domain = self._line("lead_registration", 32), self._line("lead_domain", 253)
        row.lead = {
            "key": self._cells.get("lead_key", ""), "name": name, "country": country, "registration": registration, "domain": domain,
        }  # fmt: skip
        for part in _parts(self._cells.get("partners", "")):
            match = _ROLE_BEHIND.fullmatch(part)
            role = words.ROLES.get(word_key(match[2])) if match else None
            row.partners.append({"key": "", "name": tidy_name(match[1] if role else part)[:200], "role": role or "partner"})

    def _places(self, row):
        country = row.lead["country"]
        for part in _parts(self._cells.get("municipality_codes", "").replace(",", ";")):
            self._found(row.places, "municipality_codes", self.vocabulary.municipality(part, country), part)
        row.site = self._line("site", 160)
        if not row.site and not row.places:
            row.site = ", ".join(_parts(self._cells.get("region", "")))[:160]
        latitude = self._read("latitude", lambda text: read_degrees(text, 90))
        longitude = self._read("longitude", lambda text: read_degrees(text, 180))
        if latitude is not None and longitude is not None and not self.vocabulary.is_centre(row.places, latitude, longitude):
            row.point = (latitude, longitude)

    def _subjects(self, row):
        for part in _parts(self._cells.get("themes", "").replace(",", ";")):
            self._found(row.themes, "themes", self.vocabulary.theme(part), part)
        if not row.themes:
            texts = " ".join([self._cells.get("title", ""), self._cells.get("story", ""), self._cells.get("tags", "")])
            row.themes = self.vocabulary.themes_derived(_parts(self._cells.get("themes_derived", "")), texts)
        for part in _parts(self._cells.get("goals", "").replace(",", ";")):
            self._found(row.goals, "goals", self.vocabulary.goal(part), part)
        tags = self._read("tags", lambda text: clean_tags(_parts(text) if ";" in text else text.split(","))) or []
        row.tags = [tag for tag in tags if len(tag) < TAG_LENGTH]

    def _found(self, found, column, pk, text):
        if pk is None:
            self._errors.append((column, _("“%(text)s” is not known here.") % {"text": text}))
        elif pk not in found:
            found.append(pk)


def _plain(text):
    return restore_lost(strip_html(text))


def _parts(text):
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def _limited(text, limit):
    if len(text) > limit:
        raise ValueError(_("This has %(length)d characters; at most %(limit)d are kept.") % {"length": len(text), "limit": limit})
    return text


def _read_language(text):
    known = words.LANGUAGES.get(word_key(text))
    if known or re.fullmatch(r"[a-z]{2,3}", text.lower()):
        return known or text.lower()
    raise ValueError(_("“%(text)s” is not a language. Write its code, such as da.") % {"text": text})


def _read_url(text):
    url = text if re.match(r"[a-z]+://", text, re.IGNORECASE) else f"https://{text}"
    URLValidator(schemes=["http", "https"])(url)
    return _limited(url, 500)

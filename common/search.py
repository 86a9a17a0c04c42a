"""Full-text search without extensions: weighted vectors in generated columns, the same folding on both sides.

A text row has one vector: its words stemmed by its own language, and the same words unstemmed and folded to ASCII, so that
"Koge" finds Køge and "Malmo" finds Malmö. Spelling with two letters (ae, oe, aa) is folded as a second variant.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db import models
from django.utils.translation import get_language

#: Text search configurations that PostgreSQL 15 to 18 carry, by ISO 639-1 code. A column of type regconfig would
#: make pg_upgrade refuse the database, so each language is a branch of the generated expression.
CONFIGURATIONS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

#: One letter for one letter, both cases; then what becomes two letters.
_SHORT = ("ÅÄÖØåäöøÉÈÊÜÁéèêüá", "AAOOaaooEEEUAeeeua")
_LONG = (("Æ", "Ae"), ("æ", "ae"), ("Ø", "Oe"), ("ø", "oe"), ("Å", "Aa"), ("å", "aa"), ("Ä", "Ae"), ("ä", "ae"),
         ("Ö", "Oe"), ("ö", "oe"))  # fmt: skip
_FOLDING = str.maketrans(*_SHORT)


def fold(text):
    """`text` as it is searched: ø → o, å and ä → a, ö → o, æ → ae. The same as `sql_fold` in the database."""
    return text.replace("Æ", "Ae").replace("æ", "ae").translate(_FOLDING)


def sql_fold(expression):
    """SQL that folds `expression` to one letter each, immutable and so allowed in a generated column."""
    return f"translate(replace(replace({expression}, 'Æ', 'Ae'), 'æ', 'ae'), '{_SHORT[0]}', '{_SHORT[1]}')"


def sql_fold_long(expression):
    """SQL that folds `expression` to the spelling with two letters (Køge → Koege)."""
    for letter, letters in _LONG:
        expression = f"replace({expression}, '{letter}', '{letters}')"
    return expression


class TextVector(models.Func):
    """The vector of a text row.

    `weighted` maps column names to the weights A to D. The columns named in `folded` also enter unstemmed and folded.
    """

    output_field = SearchVectorField()

    def __init__(self, weighted, folded, language="language"):
        self.weighted, self.folded, self.language = dict(weighted), tuple(folded), language
        super().__init__(*(models.F(name) for name in (*self.weighted, language)))

    def deconstruct(self):
        return "common.search.TextVector", (self.weighted, list(self.folded)), {"language": self.language}

    def as_sql(self, compiler, connection):
        columns = {name: compiler.quote_name_unless_alias(name) for name in (*self.weighted, self.language)}
        parts = []
        for name, weight in self.weighted.items():
            column = f"coalesce({columns[name]}, '')"
            branches = " ".join(
                f"WHEN '{code}' THEN to_tsvector('pg_catalog.{config}'::regconfig, {column})" for code, config in CONFIGURATIONS.items()
            )
            stemmed = f"CASE {columns[self.language]} {branches} ELSE to_tsvector('pg_catalog.simple'::regconfig, {column}) END"
            parts.append(f"setweight({stemmed}, '{weight}')")
            if name in self.folded:
                parts.extend(
                    f"setweight(to_tsvector('pg_catalog.simple'::regconfig, {folded}), '{weight}')"
                    for folded in (sql_fold(column), sql_fold_long(column))
                )
        return f"({' || '.join(parts)})", []

    def resolve_expression(self, query=None, allow_joins=True, reuse=None, summarize=False, for_save=False):
        return self


#: Words of one search that count, and characters of one word: enough for people, little enough for the database.
MOST_WORDS = 12
LONGEST_WORD = 60
LONGEST_TEXT = 2_000
LONGEST_SHOWN = 400
SHORTEST_PREFIX = 3
#: Weights of story, summary, keywords and title (D, C, B, A) in the order PostgreSQL wants them.
WEIGHTS = "{0.03, 0.2, 0.4, 1.0}"
_NORMALISE_LENGTH = 1

_TOKEN = re.compile(r'(-?)(?:"([^"]*)(?:"|$)|(\S+))')
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class SearchText:
    """What somebody typed into a search box: words that must stand there and words that must not.

    Phrases keep their quotes. `typed` is the text for the box, `cut` says that there was more than counts.
    """

    wanted: tuple = ()
    unwanted: tuple = ()
    typed: str = ""
    cut: bool = False

    def __bool__(self):
        return bool(self.wanted or self.unwanted)

    def words(self):
        """The wanted single words, phrases taken apart."""
        return [word for text in self.wanted for word in _WORD.findall(text)]

    def reworded(self, wanted):
        """The same search with other wanted words."""
        typed = " ".join([*wanted, *(f"-{text}" for text in self.unwanted)])
        return SearchText(tuple(wanted), self.unwanted, typed)


def parse(text):
    """Read `words "quoted words" -word`; never raises. Control and invisible characters are dropped, also NUL."""
    text = str(text or "")
    cut = len(text) > LONGEST_TEXT
    text = unicodedata.normalize("NFKC", text[:LONGEST_TEXT])
    text = "".join("" if unicodedata.category(one) in ("Cf", "Cs", "Co", "Cn") else one if one.isprintable() else " " for one in text)
    typed = " ".join(text.split())
    found = {"": [], "-": []}
    for sign, phrase, word in _TOKEN.findall(typed):
        words = _WORD.findall(phrase or word)
        if not words:
            continue
        if len(found[""]) + len(found["-"]) == MOST_WORDS:
            cut = True
            break
        found[sign].append(f'"{" ".join(words)[:LONGEST_WORD]}"' if phrase else word[:LONGEST_WORD])
    return SearchText(tuple(dict.fromkeys(found[""])), tuple(dict.fromkeys(found["-"])), typed[:LONGEST_SHOWN], cut)


def _configurations(language):
    """Text search configurations a reader's words are stemmed in: the reader's language first, then the portal's."""
    codes = dict.fromkeys([language or get_language() or settings.LANGUAGE_CODE, *dict(settings.LANGUAGES)])
    return [f"pg_catalog.{CONFIGURATIONS[code]}" for code in codes if code in CONFIGURATIONS] or ["pg_catalog.simple"]


class TextQuery(models.Expression):
    """A tsquery for some texts: each as it is stemmed in the portal's languages, or folded as it is spelt.

    `every` joins with AND, else with OR; `weights` (such as "ACD") looks in those only, without prefixes. A word of three
    letters or more also finds what begins with it. Stop words of the reader's language do not count beside other words.
    Everything typed is a parameter, never part of the statement.
    """

    output_field = SearchQueryField()

    def __init__(self, texts, *, language=None, every=True, prefix=True, weights=""):
        super().__init__(output_field=SearchQueryField())
        self.texts, self.every, self.prefix, self.weights = tuple(texts), every, prefix, weights
        self.configurations = _configurations(language)

    def as_sql(self, compiler, connection):
        sql, parameters = self._joined()
        if self.weights:  # functions that read people's words give none, so that they are written behind each lexeme
            sql = f"regexp_replace(({sql})::text, $$('([^']|'')*')$$, $$\\1:{self.weights}$$, 'g')::tsquery"
        return sql, parameters

    def _joined(self):
        parts, parameters = [], []
        for text in self.texts:
            sql, values = self._text(text)
            parts.append(sql)
            parameters += values
        joined = (" && " if self.every else " || ").join(parts)
        if len(parts) == 1:
            return f"({joined})", parameters
        # Only stop words: then they are what is searched for.
        whole = "plainto_tsquery('pg_catalog.simple', %s)"
        return (
            f"(CASE numnode({joined}) WHEN 0 THEN {whole} ELSE {joined} END)",
            [*parameters, fold(" ".join(self.texts)), *parameters],
        )

    def _text(self, text):
        parts = ["phraseto_tsquery(%s::regconfig, %s)"] * len(self.configurations)
        parameters = [value for name in self.configurations for value in (name, text)]
        folded = fold(text)
        if self.prefix and not self.weights and len(text) >= SHORTEST_PREFIX and _WORD.fullmatch(text):
            parts.append("to_tsquery('pg_catalog.simple', %s)")
            parameters.append(f"'{folded}':*")
        else:
            parts.append("phraseto_tsquery('pg_catalog.simple', %s)")
            parameters.append(folded)
        either = f"({' || '.join(parts)})"
        if len(self.texts) == 1:
            return either, parameters
        stop = f"numnode({parts[0]})"
        return f"(CASE {stop} WHEN 0 THEN ''::tsquery ELSE {either} END)", [*parameters[:2], *parameters]


class Matches(models.Func):
    """Whether a vector answers a query: a condition for `filter()`.

    `by_index=True` hides the query from the planner. It takes reading a vector for as cheap as reading a number, and would
    unpack every vector of the table for a frequent word; of a query it does not know it expects few answers and asks the index.
    """

    output_field = models.BooleanField()

    def __init__(self, vector, query, *, by_index=False):
        self.by_index = by_index
        super().__init__(vector, query)

    def as_sql(self, compiler, connection):
        (vector, of_vector), (query, of_query) = map(compiler.compile, self.get_source_expressions())
        return f"{vector} @@ {f'(SELECT {query})' if self.by_index else query}", [*of_vector, *of_query]


class Rank(models.Func):
    """How well a vector answers a query: where the words stand, how near to each other, in how long a text."""

    function = "ts_rank_cd"
    template = f"%(function)s('{WEIGHTS}'::float4[], %(expressions)s, {_NORMALISE_LENGTH})"
    output_field = models.FloatField()


class Headline(models.Func):
    """The whole text of a column with `start` and `end` around the words of a query, stemmed by the row's language."""

    output_field = models.TextField()

    def __init__(self, column, query, *, start, end, language="language"):
        self.options = f"HighlightAll=true, StartSel={start}, StopSel={end}"
        super().__init__(models.F(language), models.F(column), query)

    def as_sql(self, compiler, connection):
        (language, in_language), (text, in_text), (query, in_query) = map(compiler.compile, self.get_source_expressions())
        branches = " ".join(
            f"WHEN '{code}' THEN 'pg_catalog.{CONFIGURATIONS[code]}'::regconfig"
            for code, _name in settings.LANGUAGES
            if code in CONFIGURATIONS
        )
        configuration = f"CASE {language} {branches} ELSE 'pg_catalog.simple'::regconfig END"
        return f"ts_headline({configuration}, {text}, {query}, %s)", [*in_language, *in_text, *in_query, self.options]


def mark_folded(text, search, start, end):
    """`text` with `start` and `end` also around words that are only found folded (Koge → Køge) or by their beginning."""
    beginnings = tuple(fold(word).lower() for word in search.words() if len(word) >= SHORTEST_PREFIX)
    if not beginnings:
        return text

    def marked(match):
        word, before = match.group(), text[max(0, match.start() - len(start)) : match.start()]
        return f"{start}{word}{end}" if before != start and fold(word).lower().startswith(beginnings) else word

    return _WORD.sub(marked, text)

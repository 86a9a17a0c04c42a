"""Full-text search without extensions: weighted vectors in generated columns, the same folding on both sides.

A text row has one vector: its words stemmed by its own language, and the same words unstemmed and folded to ASCII, so that
"Koge" finds Køge and "Malmo" finds Malmö. Spelling with two letters (ae, oe, aa) is folded as a second variant.
"""

from django.contrib.postgres.search import SearchVectorField
from django.db import models

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


def fold(text):
    """`text` as it is searched: ø → o, å and ä → a, ö → o, æ → ae. The same as `sql_fold` in the database."""
    return text.replace("Æ", "Ae").replace("æ", "ae").translate(str.maketrans(*_SHORT))


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
                f"WHEN '{code}' THEN to_tsvector('pg_catalog.{config}'::regconfig, {column})"
                for code, config in CONFIGURATIONS.items()
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

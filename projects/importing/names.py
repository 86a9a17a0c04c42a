"""When two names mean one organisation."""

import csv
import re
from functools import cache
from pathlib import Path

from common.search import fold
from common.text import clean_text
from taxonomy.models import Municipality

_LEGAL = re.compile(
    r"(?<!\w)(a/s|aps|i/s|k/s|p/s|amba|a\.m\.b\.a\.?|ab|aktiebolag|aktiebolaget|bostadsaktiebolaget|hb|kb|ek\.? ?for\.?|ekonomisk forening"
    r"|ideell forening|ideella foreningen|\(publ\)|\(svb\)|ltd\.?|limited|gmbh|b\.?v\.?|n\.?v\.?|s\.?a\.?|s\.?l\.?|srl|spa|oy|as|inc\.?"
    r"|llc|plc|doo|cic|e\.v\.?)(?!\w)"
)
#: Left behind by a list of participants that was copied from a web page.
_JUNK = re.compile(r"\s+participation ended$", re.IGNORECASE)
_SMALL_WORDS = frozenset(["the", "of", "i", "in", "och", "og", "and", "for", "et", "en", "lan"])
_MUNICIPAL = frozenset(["kommune", "kommun", "municipality", "regionskommune", "stad", "city"])
_SAME = {
    "universitet": "university", "universitetet": "university", "tekniska": "technical", "tekniske": "technical",
    "danmarks": "denmark", "danmark": "denmark", "sveriges": "sweden", "sverige": "sweden",
}  # fmt: skip


def tidy_name(name):
    """The name as it is shown: single blanks, no characters nobody sees, without what a web page left behind it."""
    return _JUNK.sub("", clean_text(name.replace("\x00", ""), single_line=True))


def host_of(address):
    """The host of a web or mail domain or address, without `www.`; "" where there is none."""
    host = re.sub(r"^[a-z]+://", "", address.strip().lower()).split("/")[0].split("@")[-1].split(":")[0]
    host = host.removeprefix("www.")
    return host if re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host) else ""


def registration_key(number):
    """The digits (and letters) of a registration number, without the country before it."""
    return re.sub(r"^(DK|SE)(?=\d)", "", re.sub(r"[^0-9A-Za-z]", "", number).upper())


class Names:
    """Compares names. Reads the municipalities once: "Københavns Kommune" is "Municipality of Copenhagen"."""

    def __init__(self):
        self._places, self._words = {}, {}
        for one in Municipality.objects.only("country", "code", "name", "names"):
            official = _tokens(one.name)
            for name in one.search_words():
                tokens = _tokens(name)
                for form in (tokens, [*tokens[:-1], f"{tokens[-1]}s"]):
                    self._places.setdefault(" ".join(form), []).append(one)
                    if len(form) == 1:
                        self._words.setdefault(form[0], official[0])

    def municipality(self, name, country=""):
        """The municipality whose administration is called `name`, else None."""
        tokens = _tokens(name)
        place = [token for token in tokens if token not in _MUNICIPAL]
        if len(place) == len(tokens):
            return None
        found = self._places.get(" ".join(place), [])
        return next((one for one in found if country in ("", one.country)), None)

    def key(self, name):
        """Equal for two names of one organisation: legal forms, order, case, genitive and language apart."""
        known = _known().get(" ".join(_tokens(name)), name)
        if municipality := self.municipality(known):
            return f"municipality {municipality.country} {municipality.code}"
        return " ".join(sorted({self._word(token) for token in _tokens(known)}))

    def _word(self, token):
        return _SAME.get(token) or self._words.get(token, token)


def _tokens(name):
    text = _LEGAL.sub(" ", fold(tidy_name(name).casefold()).replace("–", " "))
    tokens = [token for token in re.split(r"[^\w]+", text) if token and token not in _SMALL_WORDS]
    return tokens or fold(name.casefold()).split() or [""]


@cache
def _known():
    with Path(__file__).with_name("known_names.csv").open(encoding="utf-8", newline="") as file:
        return {" ".join(_tokens(row["also"])): row["name"] for row in csv.DictReader(file)}

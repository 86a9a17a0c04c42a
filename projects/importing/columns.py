"""The columns of import files, and what they are called in English, Danish and Swedish.

The first name of each is the one of docs/import.md.
"""

import re
import unicodedata

from common.languages import language_codes
from common.search import fold

PROJECT = {
    "source": ["source", "kilde", "källa"],
    "source_key": ["source_key", "project_id", "id", "key", "kildenøgle", "projekt-id", "källnyckel", "diarienummer"],
    "title": ["title", "titel", "navn", "projekttitel", "projektnavn", "projektnamn", "namn", "name"],
    "summary": ["summary", "resumé", "kort beskrivelse", "sammanfattning", "kort beskrivning"],
    "story": ["story", "abstract", "description", "beskrivelse", "historie", "beskrivning", "berättelse"],
    "language": ["language", "sprog", "språk"],
    "kind": ["kind", "type", "art", "slags", "projekttype", "typ", "projekttyp"],
    "phase": ["phase", "status", "fase", "fas"],
    "stopped_reason": ["stopped_reason", "årsag til stop", "orsak till stopp"],
    "start_date": ["start_date", "start", "startdato", "startdatum"],
    "end_date": ["end_date", "end", "slutdato", "slut", "slutdatum"],
    "budget": ["budget", "total budget", "samlet budget", "totalbudget"],
    "currency": ["currency", "valuta", "møntfod"],
    "programme": ["programme", "program", "tilskudsordning", "støtteprogram", "stödprogram", "finansieringsprogram"],
    "lead_key": ["lead_key", "lead_org_id"],
    "lead_name": ["lead_name", "lead", "organisation", "projektejer", "ansvarlig", "projektägare", "ansvarig"],
    "lead_registration": ["lead_registration", "registration number", "cvr", "cvr-nummer", "organisationsnummer", "orgnr"],
    "lead_domain": ["lead_domain", "domain", "domæne", "webdomæne", "domän"],
    "country": ["country", "land"],
    "region": ["region", "län"],
    "municipality_codes": [
        "municipality_codes", "municipalities", "municipality", "kommunekoder", "kommuner", "kommune", "kommunkoder", "kommun",
    ],
    "latitude": ["latitude", "lat", "breddegrad", "latitud"],
    "longitude": ["longitude", "lon", "lng", "længdegrad", "longitud"],
    "site": ["site", "place", "address", "sted", "adresse", "plats", "adress"],
    "themes": ["themes", "theme", "temaer", "tema", "teman"],
    "themes_derived": ["themes_derived"],
    "goals": ["goals", "sdg", "sdgs", "verdensmål", "globala mål"],
    "tags": ["tags", "keywords", "emneord", "nøgleord", "ämnesord", "nyckelord"],
    "url": ["url", "link", "website", "hjemmeside", "webadresse", "länk", "webbplats", "webbadress"],
    "partners": ["partners", "partnere", "deltagere", "parter", "deltagare"],
    "contact_name": ["contact_name", "contact", "kontakt", "kontaktperson"],
}  # fmt: skip
ORGANISATION = {
    "key": ["key", "org_id", "id", "nøgle", "nyckel"],
    "name": ["name", "navn", "namn", "organisation"],
    "country": ["country", "land"],
    "type": ["type", "org_type_derived", "typ"],
    "source_type": ["org_type_source"],
    "registration": ["registration number", "cvr", "cvr-nummer", "organisationsnummer", "orgnr"],
    "domain": ["domain", "web_domain", "domæne", "domän", "website", "hjemmeside", "webbplats"],
    "municipality_code": ["municipality_code", "kommunekode", "kommunkod", "municipality", "kommune", "kommun"],
}
PARTNER = {
    "source_key": ["source_key", "project_id", "kildenøgle", "projekt-id", "källnyckel"],
    "key": ["key", "org_id", "nøgle", "nyckel"],
    "name": ["name", "navn", "namn", "organisation"],
    "role": ["role", "rolle", "roll"],
}

#: `title_da`: a translation, in any language of the portal.
_TRANSLATED = re.compile(r"(title|summary|story|abstract|titel|resume|beskrivelse|sammanfattning|beskrivning)_([a-z]{2})")


def _key(name):
    name = unicodedata.normalize("NFC", str(name or "")).casefold()
    return re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")


def _joined(name):
    return _key(name).replace("_", "")


class Columns:
    """The columns one kind of file may have, found by their headings."""

    def __init__(self, names, required):
        self.names, self.required = names, required
        self._known = {_joined(name): column for column, all_names in names.items() for name in all_names}

    def named(self, heading):
        """The column a heading means, whatever its case, blanks and language; None for one that is not ours."""
        if column := self._known.get(_joined(heading)):
            return column
        match = _TRANSLATED.fullmatch(_key(heading))
        if match and match[1] in self._known and match[2] in language_codes():
            return f"{self._known[match[1]]}_{match[2]}"
        return None


PROJECTS = Columns(PROJECT, required=("title", "source_key"))
ORGANISATIONS = Columns(ORGANISATION, required=("key", "name"))
PARTNERS = Columns(PARTNER, required=("source_key", "role"))

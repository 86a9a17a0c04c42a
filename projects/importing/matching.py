"""Which organisation a row means: one that is here already, one met earlier in the file, or a new one. No doubles."""

import re
from dataclasses import dataclass

from django.utils import timezone

from common.search import fold
from common.slugs import free_slugs
from organisations.enums import OrganisationType
from organisations.indexing import index_organisations
from organisations.models import Domain, Organisation
from projects.importing import words
from projects.importing.names import Names, host_of, registration_key, tidy_name
from projects.importing.values import read_country, word_key
from records.actions import audit_many

_NAME_SAYS = (
    (OrganisationType.REGION, r"^region |landsting|lansstyrelsen|^regionen\b|regionen$"),
    (OrganisationType.RESEARCH, r"universit|hogskol|hojskole|institut|research|academ|forskning|\bcollege\b"),
    (OrganisationType.UTILITY, r"\b(forsyning|energi|varme|vatten|vand|elnat|renhallning|hamn|havn)\b"),
    (OrganisationType.NETWORK, r"kommunalforbund|network|natverk|netvaerk|cluster|science park|business region|vaekst"),
    (OrganisationType.CIVIL_SOCIETY, r"forening|foundation|fond\b|stiftelse|stichting|verein|association|museum|fundaci"),
)


@dataclass
class Named:
    """An organisation as a file describes it."""

    name: str
    country: str = ""
    registration: str = ""
    domain: str = ""
    type: str = ""
    key: str = ""


class Directory:
    """Finds and makes organisations by registration number, name and domain, in that order.

    Equal names are one organisation unless their countries or registration numbers differ. A shared web domain alone is
    not enough, since one site speaks for a city and its companies: one name must contain the other. A domain that came
    from a file becomes the website, never a `Domain`: that would let strangers join.
    """

    def __init__(self):
        self.names = Names()
        self.made = []
        self._by_registration, self._by_name, self._by_host = {}, {}, {}
        hosts = {}
        for organisation, domain in Domain.objects.values_list("organisation_id", "name"):
            hosts.setdefault(organisation, []).append(domain)
        present = Organisation.objects.prefetch_related("texts").order_by("pk")
        for one in present:
            self._remember(one, [one.name, *(text.name for text in one.texts.all() if text.name)], hosts.get(one.pk, []))

    def find_or_make(self, named):
        """The organisation that `named` means; a new one is collected in `made`, unsaved until `save()`."""
        found = self._find(named)
        if found is None:
            found = self._make(named)
            self._remember(found, [found.name], [])
            self.made.append(found)
        return found

    def save(self, *, source, now=None):
        """Insert what was made, each under a free address, with its audit entry. Six statements whatever the number."""
        for one, slug in zip(self.made, free_slugs(Organisation, [one.name for one in self.made], noun="organisation"), strict=True):
            one.slug, one.source, one.verified_at = slug, source, now or timezone.now()
        Organisation.objects.bulk_create(self.made)
        index_organisations(one.pk for one in self.made)
        audit_many("import", self.made, by=None)

    def _find(self, named):
        number = registration_key(named.registration)
        if number and number in self._by_registration:
            return self._by_registration[number]
        key = self.names.key(named.name)
        for one in self._by_name.get(key, []):
            if self._may_be(one, named):
                return one
        host = host_of(named.domain)
        tokens = set(key.split())
        for one in self._by_host.get(host, []) if host else []:
            its_tokens = set(self.names.key(one.name).split())
            if self._may_be(one, named) and (tokens <= its_tokens or its_tokens <= tokens):
                return one
        return None

    def _may_be(self, one, named):
        number, its_number = registration_key(named.registration), registration_key(one.registration_number)
        same_country = not named.country or not one.country or named.country == one.country
        return same_country and (not number or not its_number or number == its_number)

    def _remember(self, one, names, hosts):
        if number := registration_key(one.registration_number):
            self._by_registration.setdefault(number, one)
        for name in names:
            self._by_name.setdefault(self.names.key(name), []).append(one)
        for host in {host_of(one.website), *hosts} - {""}:
            self._by_host.setdefault(host, []).append(one)

    def _make(self, named):
        municipality = self.names.municipality(named.name, named.country)
        host = host_of(named.domain)
        return Organisation(
            name=named.name,
            type=OrganisationType.MUNICIPALITY if municipality else _type_of(named),
            country=municipality.country if municipality else named.country,
            municipality=municipality,
            registration_number=named.registration,
            website=f"https://{host}/" if host else "",
        )


def _type_of(named):
    name = fold(named.name.casefold())
    legal = re.search(r"(?<!\w)(a/s|aps|ab|aktiebolag|ltd|limited|gmbh|b\.?v|s\.?l|srl|spa|doo|inc)(?!\w)", name)
    told = words.TYPES.get(word_key(named.type))
    # A file's "municipality" is believed only where the name is one: utilities and departments are filed under it, too.
    if told and told != OrganisationType.MUNICIPALITY and not (told == OrganisationType.REGION and legal):
        return told
    if legal:
        return OrganisationType.COMPANY
    return next((kind for kind, pattern in _NAME_SAYS if re.search(pattern, name)), OrganisationType.COMPANY)


def named_from(cells):
    """`Named` from a row of an organisations file."""
    try:
        country = read_country(cells["country"]) if cells.get("country") else ""
    except ValueError:
        country = ""
    return Named(
        name=tidy_name(cells["name"])[:200],
        country=country,
        registration=tidy_name(cells.get("registration", ""))[:32],
        domain=cells.get("domain", ""),
        type=cells.get("type") or cells.get("source_type", ""),
        key=cells.get("key", ""),
    )

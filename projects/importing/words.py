"""The words that stand for a kind, a phase, a role or a language in files of three languages."""

from common.languages import UNSPECIFIED
from organisations.enums import OrganisationType
from projects.enums import Kind, PartnerRole, Phase
from projects.importing.values import word_key

_KINDS = {
    Kind.DEMONSTRATION: ["demonstration", "demonstration project", "demonstrationsprojekt", "demo"],
    Kind.PILOT: ["pilot", "pilot project", "pilotprojekt", "test", "forsøg", "försök", "förstudie", "pre-study", "feasibility study"],
    Kind.RESEARCH: [
        "research", "research and innovation", "research project", "innovation project", "forskning", "forskning og innovation",
        "forskning och innovation", "forskningsprojekt", "innovationsprojekt", "udviklingsprojekt", "utvecklingsprojekt",
    ],
    Kind.PROCUREMENT: ["procurement", "tender", "indkøb", "udbud", "upphandling", "inköp"],
    Kind.ROLLOUT: ["rollout", "roll-out", "implementation", "udrulning", "implementering", "införande", "utrullning"],
}  # fmt: skip
_PHASES = {
    Phase.IDEA: ["idea", "idé"],
    Phase.PLANNING: ["planning", "planned", "planlægning", "planlagt", "planering", "planerad"],
    Phase.DEMONSTRATION: ["demonstration", "ongoing", "running", "i gang", "igangværende", "pågående", "pågår", "test"],
    Phase.EVALUATION: ["evaluation", "ended", "finished", "completed", "evaluering", "afsluttet", "utvärdering", "avslutad"],
    Phase.OPERATION: ["operation", "in operation", "drift", "i drift"],
    Phase.STOPPED: ["stopped", "cancelled", "stoppet", "standset", "aflyst", "stoppad", "avbruten", "nedlagd"],
}
_ROLES = {
    PartnerRole.LEAD: ["lead", "coordinator", "lead partner", "koordinator", "leadpartner", "projektejer", "projektägare", "samordnare"],
    PartnerRole.PARTNER: [
        "partner", "associated partner", "participant", "deltager", "deltagare", "associeret partner", "associerad partner",
    ],
    PartnerRole.SUPPLIER: ["supplier", "vendor", "leverandør", "leverantör"],
    PartnerRole.RESEARCH: ["research", "researcher", "forskning", "forsker", "forskare"],
    PartnerRole.FUNDER: ["funder", "co-financier", "financier", "medfinansier", "medfinansiär", "finansier", "finansiär"],
    PartnerRole.TEST_SITE: ["test_site", "test site", "teststed", "testplats", "testmiljø"],
}  # fmt: skip
_LANGUAGES = {
    "en": ["en", "eng", "english", "engelsk", "engelska"],
    "da": ["da", "dk", "dan", "danish", "dansk", "danska"],
    "sv": ["sv", "se", "swe", "swedish", "svensk", "svenska"],
    UNSPECIFIED: [UNSPECIFIED, "und", "multiple", "flere", "flera"],
}
_TYPES = {
    OrganisationType.MUNICIPALITY: ["municipality", "kommune", "kommun"],
    OrganisationType.REGION: ["region", "regional public authority", "landsting"],
    OrganisationType.COMPANY: [
        "company", "business", "virksomhed", "företag", "large enterprise", "for-profit business", "small or medium-sized enterprise (sme)",
    ],
    OrganisationType.RESEARCH: [
        "research", "research_education", "research institution", "forskning", "forskningsinstitution", "university",
        "higher education and research institution", "academia/research organisation",
    ],
    OrganisationType.CIVIL_SOCIETY: [
        "civil society", "association_foundation", "civilsamfund", "civilsamhälle", "ngo", "non profits & foundations",
        "interest groups including ngos", "forening", "förening",
    ],
    OrganisationType.NETWORK: ["network", "netværk", "nätverk", "business support organisation"],
    OrganisationType.UTILITY: ["utility", "forsyning", "försörjning"],
}  # fmt: skip


def _by_word(words):
    return {word_key(word): value for value, all_words in words.items() for word in all_words}


KINDS, PHASES, ROLES, LANGUAGES, TYPES = map(_by_word, (_KINDS, _PHASES, _ROLES, _LANGUAGES, _TYPES))

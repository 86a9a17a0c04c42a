"""Demo organisations: real municipalities and regions with neutral words, and invented companies, institutes, associations."""

from django.db.models import Q
from django.utils.translation import override

from common.formats import number
from common.languages import in_language
from organisations.actions import create_organisation
from organisations.enums import OrganisationType
from organisations.models import Organisation
from portal.demo import SOURCE
from portal.demo.content import read, tidy
from taxonomy.models import Municipality


def seed_organisations(tally, *, now):
    """Make what is missing; returns `{key: Organisation}` of all, with those that were here under another source."""
    places = {(one.country, one.code): one for one in Municipality.objects.select_related("region")}
    content = read("organisations.toml")
    rows = [
        *(_of_municipality(key, *row, places, content) for key, row in content["municipalities"].items()),
        *(_of_row(row, places) for row in content["organisation"]),
    ]
    present = {one.source_key: one for one in Organisation.objects.filter(source=SOURCE)}
    found = {}
    for row in rows:
        key = row["source_key"]
        known = present.get(key) or _same(row)
        tally.note("organisations", made=known is None)
        found[key] = known or create_organisation(by=None, verified=True, now=now, is_demo=True, source=SOURCE, **row)
    return found


def _same(row):
    """The organisation that holds the domain or the name already: an import came first."""
    name = Q(name__iexact=row["name"], country=row["country"])
    return Organisation.objects.filter(Q(domains__name__in=row["domains"]) | name).order_by("pk").first()


def _of_municipality(key, country, code, domain, name, name_en, places, content):
    place = places[country, code]
    own = {"DK": "da", "SE": "sv"}[country]
    texts = [
        {"language": language, "name": name_en if language == "en" else "", "is_original": language == own,
         "description": _described(place, language, name_en if language == "en" else name, content)}
        for language in dict.fromkeys([own, "en"])
    ]  # fmt: skip
    return {
        "source_key": key, "name": name, "type": OrganisationType.MUNICIPALITY, "country": country, "municipality": place,
        "website": f"https://www.{domain}", "domains": [domain], "texts": texts,
    }  # fmt: skip


def _described(place, language, name, content):
    with override(language):
        return content["municipality_description"][language].format(
            name=name,
            region=in_language(place.region.names, language),
            population=number(place.population),
            year=place.population_year,
        )


def _of_row(row, places):
    texts = [
        {"language": language, "description": tidy(words, language), "is_original": position == 0}
        for position, (language, words) in enumerate(row["description"].items())
    ]
    return {
        "source_key": row["key"], "name": row["name"], "type": OrganisationType(row["type"]), "country": row["country"],
        "municipality": places[row["country"], row["municipality"]], "website": row["website"],
        "domains": [row["domain"]], "texts": texts,
    }  # fmt: skip

"""Reference data: facts entered by hand from public sources, brought into the database by `load_reference`.

- `themes.json`: the portal's curated themes; names and synonyms are our own words.
- `goals.json`: Sustainable Development Goals, titles and colours of the United Nations.
- `regions.json`, `municipalities.csv`: official codes and names, centre of area, population with year and source
  (Statistics Denmark, Statistics Sweden). `name_<language>` stands where a language calls the place otherwise.
- `greater_copenhagen.csv`: the municipalities a portal shows, with row and column on its tile map. Which file is read
  says `PORTAL["municipalities"]`; a portal of another region brings its own.
- `neighbours.csv`: pairs of municipalities that share a border or a bridge inside one country.
"""

import csv
import json
from pathlib import Path

from django.conf import settings
from django.db import transaction

from taxonomy.models import Goal, Municipality, Region, Theme
from taxonomy.reference.sync import Changes, sync_rows

FOLDER = Path(__file__).parent


@transaction.atomic
def load():
    """Bring themes, goals, regions and municipalities up to date; `{noun: Changes}`. Running it again writes nothing.

    Rows are found by slug, number or official code, so a changed name is an update. Nothing is ever deleted: projects
    hang on it.
    """
    changes = {
        "themes": sync_rows(Theme, ["slug"], _json("themes")),
        "goals": sync_rows(Goal, ["number"], _json("goals")),
        "regions": sync_rows(Region, ["country", "code"], _json("regions")),
    }
    changes["municipalities"] = sync_rows(Municipality, ["country", "code"], list(_municipalities()))
    changes["neighbours"] = _load_neighbours()
    return changes


def _json(name):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def _csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _shown():
    """`{(country, code): (tile row, tile column)}` of the municipalities this portal shows."""
    chosen = Path(settings.PORTAL["municipalities"])
    path = chosen if chosen.suffix else FOLDER / f"{chosen}.csv"
    return {(row["country"], row["code"]): (_number(row["tile_row"]), _number(row["tile_column"])) for row in _csv(path)}


def _number(text):
    return int(text) if text else None


def _municipalities():
    regions = {(country, code): pk for country, code, pk in Region.objects.values_list("country", "code", "pk")}
    shown = _shown()
    for row in _csv(FOLDER / "municipalities.csv"):
        key = row["country"], row["code"]
        tile_row, tile_column = shown.get(key, (None, None))
        yield {
            "country": row["country"],
            "code": row["code"],
            "slug": row["slug"],
            "name": row["name"],
            "names": {column[5:]: name for column, name in row.items() if column.startswith("name_") and name},
            "region_id": regions[row["country"], row["region"]],
            "latitude": float(row["latitude"]),
            "longitude": float(row["longitude"]),
            "population": _number(row["population"]),
            "population_year": _number(row["population_year"]),
            "population_source": row["source"],
            "in_portal": key in shown,
            "tile_row": tile_row,
            "tile_column": tile_column,
        }


def _load_neighbours():
    pairs = Municipality.neighbours.through
    ids = {(country, code): pk for country, code, pk in Municipality.objects.values_list("country", "code", "pk")}
    wanted = set()
    for row in _csv(FOLDER / "neighbours.csv"):
        one, other = ids[row["country"], row["code"]], ids[row["neighbour_country"], row["neighbour_code"]]
        wanted |= {(one, other), (other, one)}
    present = set(pairs.objects.values_list("from_municipality_id", "to_municipality_id"))
    missing = sorted(wanted - present)
    pairs.objects.bulk_create(pairs(from_municipality_id=one, to_municipality_id=other) for one, other in missing)
    return Changes(created=len(missing), unchanged=len(wanted & present))

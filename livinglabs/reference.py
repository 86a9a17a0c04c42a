"""The vocabulary of infrastructure, brought into the database by `load_reference`; the names are the portal's own words.

Rows are found by slug, so that a changed name is an update. Nothing is ever deleted: labs hang on it.
"""

import json
from pathlib import Path

from django.db import transaction

from livinglabs.models import Infrastructure
from taxonomy.reference.sync import sync_rows

FILE = Path(__file__).with_name("reference.json")


@transaction.atomic
def load():
    """`{noun: Changes}`; running it again writes nothing."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    return {"infrastructure": sync_rows(Infrastructure, ["slug"], [{**row, "position": place} for place, row in enumerate(rows, 1)])}

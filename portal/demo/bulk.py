"""Demo content at any size, in sets: organisations, members and projects, until there are as many as asked for.

Every row has a number; what a number stands for does not depend on how many there are. So a second call with the same
size adds nothing, and one with a larger size adds the rest.
"""

from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils.text import slugify

from common.search import fold
from members.models import User
from organisations.enums import Role
from organisations.indexing import index_organisations
from organisations.models import Membership, Organisation
from portal.demo import SOURCE
from portal.demo.bulk_projects import seed_projects
from portal.demo.content import read
from portal.demo.copying import copy_rows, new_keys
from portal.demo.projects import project_rows
from projects.counts import refresh_counts
from taxonomy.models import Municipality

#: `source` of rows without a hand behind them.
BULK = f"{SOURCE}-bulk"
CHUNK = 5_000
#: One invented organisation for so many projects, and at most so many.
PROJECTS_EACH, MOST_ORGANISATIONS = 40, 600


def seed_bulk(tally, *, projects, members, now, tell=lambda line: None):
    """Add until there are `projects` and `members` in all, the hand-written ones included; `tell` hears of the progress."""
    by_hand = len(project_rows()), len(read("members.toml")["member"])
    wanted, people = max(0, projects - by_hand[0]), max(0, members - by_hand[1])
    if not (wanted or people):
        return
    places = list(Municipality.objects.filter(in_portal=True).select_related("region").order_by("country", "code"))
    owners = seed_organisations(min(MOST_ORGANISATIONS, 1 + max(wanted, people) // PROJECTS_EACH), places, tally, now)
    seed_members(people, owners, tally)
    seed_projects(BULK, wanted, owners, places, tally, now=now, tell=tell)
    _settle()
    refresh_counts()


def seed_organisations(number, places, tally, now):
    """The first `number` invented organisations, as `[(pk, slug, name)]`; those that are missing are made."""
    present = set(Organisation.objects.filter(source=BULK).values_list("source_key", flat=True))
    missing = [each for each in range(number) if str(each) not in present]
    rows = [_organisation(key, each, places, now) for key, each in zip(new_keys(Organisation, len(missing)), missing, strict=True)]
    names = (
        "id", "name", "slug", "type", "country", "municipality_id", "website", "verified_at", "is_demo", "source", "source_key",
    )  # fmt: skip
    with transaction.atomic():
        copy_rows(Organisation, names, rows)
        index_organisations([row[0] for row in rows])
    tally.note("organisations", made=True, number=len(missing))
    tally.note("organisations", made=False, number=number - len(missing))
    found = Organisation.objects.filter(source=BULK).values_list("source_key", "pk", "slug", "name")
    return [(pk, slug, name) for key, pk, slug, name in sorted(found, key=lambda row: int(row[0])) if int(key) < number]


def _organisation(key, number, places, now):
    words, dice = read("bulk.toml")["organisations"], Random(number)  # noqa: S311 - the same every time
    place = dice.choice(places)
    ending, kind = dice.choice(words["second"])
    stem = f"{words['first'][number % len(words['first'])]}{ending}"
    slug = f"{slugify(fold(stem))}-{number + 1}"
    name = f"{stem} {place.name} {number + 1} (demo)"
    return (key, name, slug, kind, place.country, place.pk, f"https://{slug}.example.org", now, True, BULK, str(number))


def seed_members(number, owners, tally):
    """`number` invented members with verified addresses and no password, each in one organisation."""
    pattern = "member-%s@bulk.example.org"
    present = User.objects.filter(email__endswith="@bulk.example.org").count()
    tally.note("members", made=False, number=min(number, present))
    for start in range(present, number, CHUNK):
        numbers = range(start, min(number, start + CHUNK))
        keys = new_keys(User, len(numbers))
        people = [(key, each, pattern % each) for key, each in zip(keys, numbers, strict=True)]
        with transaction.atomic():
            password = make_password(None)
            copy_rows(
                User, ("id", "email", "name", "language", "is_demo", "password"),
                [(key, email, _name(each), ("da", "sv", "en")[each % 3], True, password) for key, each, email in people],
            )  # fmt: skip
            copy_rows(
                EmailAddress,
                ("user_id", "email", "verified", "primary"),
                [(key, email, True, True) for key, _each, email in people],
            )
            copy_rows(
                Membership, ("user_id", "organisation_id", "role"),
                [(key, owners[each % len(owners)][0], _role(each, len(owners))) for key, each, _email in people],
            )  # fmt: skip
        tally.note("members", made=True, number=len(people))


def _name(number):
    people = read("bulk.toml")["people"]
    dice = Random(number)  # noqa: S311 - the same every time
    return f"{dice.choice(people['first'])} {dice.choice(people['second'])}"


def _role(number, organisations):
    """The first of each organisation owns it, every tenth edits."""
    return Role.OWNER if number < organisations else Role.EDITOR if number % 10 == 0 else Role.MEMBER


def _settle():
    """Clear away what indexing left behind, and tell the planner how large the tables have become."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)")

"""Readers and what is new for them: a week of a portal that is larger than any there is.

Nouns are made with one statement for each table, readers and what they chose with INSERT … SELECT. Everything follows from the
numbers, nothing is drawn by lot: two runs have the same mails.
"""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import NOT_PROVIDED
from django.utils import timezone

from conversations.models import Post, ReadMarker, Thread
from digests.models import Muted, Subscription
from events.models import Event, EventText, Registration
from livinglabs.models import LabSite, LabText, LivingLab, Offer, OfferText
from members.models import User
from notifications.models import Delivery, Follow, Notification, OutboxEntry, Run
from organisations.models import Membership, Organisation
from projects.models import Project, ProjectText, Site
from taxonomy.models import Municipality, Theme
from workinggroups.models import GroupMembership, GroupText, WorkingGroup

LANGUAGES = ("da", "sv", "en")
SUMMARY = {
    "da": "Vi måler i tre uger på to steder og deler tallene, så andre kommuner kan se, hvad det koster, og hvad det sparer.",
    "sv": "Vi mäter i tre veckor på två platser och delar siffrorna, så att andra kommuner ser vad det kostar och vad det sparar.",
    "en": "We measure for three weeks at two sites and share the figures, so that others see what it costs and what it saves.",
}
TITLES = {
    "da": ("Lamper, der dæmper sig selv", "Varme fra kloakken", "Cykler tælles ved broen"),
    "sv": ("Lampor som dämpar sig själva", "Värme ur avloppet", "Cyklar räknas vid bron"),
    "en": ("Lamps that dim themselves", "Heat from the sewer", "Bicycles counted at the bridge"),
}
#: Of 2,000 new things: how many of each. Discussions have four posts each.
MIX = {"projects": 0.4, "discussions": 0.3, "events": 0.15, "offers": 0.1, "labs": 0.04, "groups": 0.01}
GROUPS = 200
ORGANISATIONS = 120
POSTS = 4
#: This many in a hundred have another schedule and are not due.
OTHERS = 10


def fill(readers, items, now=None):
    """Make everything for `readers` readers who are due and a tenth more who are not. Returns how many news there are."""
    now = now or timezone.now()
    number = {name: max(3, round(items * share)) for name, share in MIX.items()}
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"Målby {n} Kommune", slug=f"maalby-{n}", type="municipality", country="DK", verified_at=now)
        for n in range(ORGANISATIONS)
    )
    places = Places(now, organisations)
    projects = _projects(places, number["projects"])
    labs = _labs(places, number["labs"])
    _offers(places, labs, number["offers"])
    groups = _groups(places, GROUPS, number["groups"])
    events = _events(places, groups, number["events"])
    _discussions(places, groups, number["discussions"])
    _readers(places, readers, projects, labs, groups, events)
    return sum(number.values())


class Places:
    """What nouns hang on, taken in turn; and the moments of the week that is told of."""

    def __init__(self, now, organisations):
        self.now, self.organisations = now, organisations
        self.themes, self.municipalities = list(Theme.objects.order_by("pk")), list(Municipality.objects.in_portal().order_by("pk"))

    def moment(self, n):
        """Within the six days before the run."""
        return self.now - timedelta(hours=1, minutes=n * 37 % 8_000)

    def one(self, rows, n):
        return rows[n * 7 % len(rows)]


def _texts(model, to_noun, nouns, title="title", more=None):
    """A text in the noun's own language, of every third in another one, too."""
    rows = []
    for n, noun in enumerate(nouns):
        first = LANGUAGES[n % 3]
        for language in (first, LANGUAGES[(n + 1) % 3])[: 2 if n % 3 == 0 else 1]:
            words = {title: f"{TITLES[language][n % 3]}, {n}", **dict.fromkeys(more or ("summary",), SUMMARY[language])}
            rows.append(model(**{to_noun: noun}, language=language, is_original=language == first, **words))
    model.objects.bulk_create(rows)


def _on_themes(places, nouns, column):
    """Each noun on two themes."""
    through = type(nouns[0]).themes.through
    through.objects.bulk_create(
        through(**{column: noun.pk, "theme_id": places.one(places.themes, n + more).pk}) for n, noun in enumerate(nouns) for more in (0, 3)
    )


def _projects(places, number):
    """Every twentieth is for members only."""
    made = Project.objects.bulk_create(
        Project(organisation=places.one(places.organisations, n), slug=f"new-project-{n}", kind="demonstration", phase="demonstration",
                state="published", visibility="public" if n % 20 else "members", published_at=places.moment(n))
        for n in range(number)
    )  # fmt: skip
    _texts(ProjectText, "project", made)
    _on_themes(places, made, "project_id")
    Site.objects.bulk_create(Site(project=project, municipality=places.one(places.municipalities, n)) for n, project in enumerate(made))
    return made


def _labs(places, number):
    made = LivingLab.objects.bulk_create(
        LivingLab(organisation=places.one(places.organisations, n), slug=f"new-lab-{n}", state="published", published_at=places.moment(n))
        for n in range(number)
    )
    _texts(LabText, "lab", made, title="name")
    _on_themes(places, made, "livinglab_id")
    LabSite.objects.bulk_create(LabSite(lab=lab, municipality=places.one(places.municipalities, n)) for n, lab in enumerate(made))
    return made


def _offers(places, labs, number):
    made = Offer.objects.bulk_create(
        Offer(lab=labs[n % len(labs)], slug=f"new-offer-{n}", kind="site", price_model="free", state="published",
              published_at=places.moment(n))
        for n in range(number)
    )  # fmt: skip
    _texts(OfferText, "offer", made)
    _on_themes(places, made, "offer_id")


def _groups(places, old, new):
    made = WorkingGroup.objects.bulk_create(
        WorkingGroup(organisation=places.one(places.organisations, n), slug=f"group-{n}", state="published",
                     published_at=places.moment(n) if n >= old else places.now - timedelta(days=90))
        for n in range(old + new)
    )  # fmt: skip
    _texts(GroupText, "group", made, title="name", more=("purpose",))
    _on_themes(places, made, "workinggroup_id")
    return made


def _events(places, groups, number):
    made = Event.objects.bulk_create(
        Event(organisation=None if n % 2 else places.one(places.organisations, n), group=places.one(groups, n) if n % 2 else None,
              slug=f"new-event-{n}", state="published", published_at=places.moment(n), place="Rådhuset",
              starts_at=places.now + timedelta(days=2 + n % 30), ends_at=places.now + timedelta(days=2 + n % 30, hours=2))
        for n in range(number)
    )  # fmt: skip
    _texts(EventText, "event", made)
    _on_themes(places, made, "event_id")
    return made


def _discussions(places, groups, number):
    threads = Thread.objects.bulk_create(
        Thread(target=places.one(groups, n), title=f"{TITLES[LANGUAGES[n % 3]][n % 3]}?", language=LANGUAGES[n % 3],
               created_at=places.moment(n), last_post_at=places.moment(n), post_count=POSTS)
        for n in range(number)
    )  # fmt: skip
    Post.objects.bulk_create(
        Post(thread=thread, number=one + 1, text=SUMMARY[thread.language], language=thread.language, created_at=thread.created_at)
        for thread in threads for one in range(POSTS)
    )  # fmt: skip


#: The n-th of the primary keys that are given under a name.
OF = "(%({0})s::bigint[])[({1}) %% cardinality(%({0})s::bigint[]) + 1]"
READER = """
CREATE TEMPORARY TABLE reader ON COMMIT DROP AS
SELECT id, substring(email from 8 for position('@' in email) - 8)::bigint AS n FROM members_user WHERE email LIKE 'reader-%%@example.org'
"""
PEOPLE = (
    User,
    {
        "email": "'reader-' || n || '@example.org'", "name": "'Læser ' || n", "password": "'!'", "date_joined": "%(since)s",
        "language": "(ARRAY['da','sv','da','sv','en'])[n %% 5 + 1]",
        "time_zone": "(ARRAY['Europe/Copenhagen','Europe/Stockholm'])[n %% 2 + 1]",
    },
    "generate_series(1, %(all)s) n",
)  # fmt: skip


def _follow(word, which, source):
    return (Follow, {"user_id": "id", "target_type_id": f"%({word})s", "target_id": which, "created_at": "%(since)s"}, f"reader{source}")


#: Model, {column: expression}, source: one statement each. `%(name)s` are values of `_readers`.
CHOSEN = (
    (
        Subscription,
        {
            "user_id": "id", "frequency": "CASE WHEN n > %(readers)s THEN 'off' WHEN n %% 3 = 0 THEN 'daily' ELSE 'weekly' END",
            "weekday": "%(weekday)s", "hour": "0", "since": "%(since)s - interval '60 days'", "started_at": "%(since)s",
        },
        "reader",
    ),
    _follow("municipality", OF.format("municipalities", "n * 13"), " WHERE n %% 5 > 0"),
    _follow("theme", OF.format("themes", "n * 5 + one"), ", generate_series(0, 2) one WHERE n %% 5 >= 2 AND (one = 0 OR n %% 5 = 4)"),
    _follow("organisation", OF.format("organisations", "n * 11"), " WHERE n %% 2 = 0"),
    _follow("lab", OF.format("labs", "n * 17"), " WHERE n %% 4 = 1"),
    (
        Muted,
        {"user_id": "id", "target_type_id": "%(theme)s", "target_id": OF.format("themes", "n * 3"), "at": "%(since)s"},
        "reader WHERE n %% 20 = 7",
    ),
    (
        GroupMembership,
        {
            "user_id": "id", "group_id": OF.format("groups", "n * 19 + one * 7"), "role": "'member'", "created_at": "%(since)s",
            "news": "CASE WHEN n %% 25 = 3 THEN 'mute' ELSE 'digest' END",
        },
        "reader, generate_series(1, 2) one WHERE one <= n %% 3",
    ),
    (
        ReadMarker,
        {"user_id": "m.user_id", "thread_id": "t.id", "last_number": "CASE WHEN t.id %% 2 = 0 THEN 4 ELSE 2 END", "at": "%(now)s"},
        """workinggroups_groupmembership m JOIN reader r ON r.id = m.user_id AND r.n %% 10 = 1
           JOIN conversations_thread t ON t.target_type_id = %(group)s AND t.target_id = m.group_id""",
    ),
    (
        Membership,
        {"user_id": "id", "organisation_id": OF.format("organisations", "n"), "role": "'editor'", "created_at": "%(since)s"},
        "reader WHERE n %% 10 = 3",
    ),
    (
        Registration,
        {
            "user_id": "id", "event_id": OF.format("events", "n"), "state": "'registered'", "way": "'place'", "number": "n",
            "registered_at": "%(since)s", "changed_at": "%(since)s",
        },
        "reader WHERE n %% 10 = 5",
    ),
    (
        Notification,
        {"user_id": "id", "entry_id": OF.format("entries", "n"), "reason": "'author'", "read_at": "CASE WHEN n %% 3 = 0 THEN %(now)s END"},
        "reader WHERE n %% 7 = 2",
    ),
    (
        Delivery,
        {
            "key": "gen_random_uuid()", "reader": "'member:' || id", "list": "'digest'", "period": "'before'", "user_id": "id",
            "template": "'digest'", "run_id": "%(run)s", "since": "%(since)s - interval '7 days'", "until": "%(since)s", "priority": "3",
            "state": "CASE WHEN n %% 500 = 0 THEN 'unknown' ELSE 'sent' END", "attempts": "1", "planned_at": "%(since)s",
            "next_attempt_at": "%(since)s", "finished_at": "%(since)s",
        },
        "reader WHERE n <= %(readers)s",
    ),
)  # fmt: skip


def _insert(cursor, model, columns, source, values):
    """INSERT … SELECT; columns that are not named get what the model says."""
    columns, values = dict(columns), dict(values)
    for field in model._meta.concrete_fields:
        if field.column not in columns and field.db_default is NOT_PROVIDED and not (field.primary_key or field.generated or field.null):
            columns[field.column] = f"%(default_{field.column})s"
            values[f"default_{field.column}"] = field.get_db_prep_save(field.get_default(), connection)
    names, expressions = ", ".join(columns), ", ".join(columns.values())
    cursor.execute(f"INSERT INTO {model._meta.db_table} ({names}) SELECT {expressions} FROM {source}", values)


def _readers(places, readers, projects, labs, groups, events):
    """Members, what they follow and kept out, their groups, what they have read, and the digest of the week before."""
    since = places.now - timedelta(days=6, hours=23)
    entries = OutboxEntry.objects.bulk_create(
        OutboxEntry(kind="project.returned", target=project, at=places.moment(n), fanned_out_at=places.now, context={"title": f"Lampe {n}"},
                    url=f"/projects/{project.slug}/")
        for n, project in enumerate(projects[:300])
    )  # fmt: skip
    before = Run.objects.create(list="digest", slot=since, planned_at=since, planned=readers)
    named = {"municipality": Municipality, "theme": Theme, "organisation": Organisation, "lab": LivingLab, "group": WorkingGroup}
    kinds = {word: ContentType.objects.get_for_model(model).pk for word, model in named.items()}
    rows = {"municipalities": places.municipalities, "themes": places.themes, "organisations": places.organisations, "labs": labs,
            "groups": groups, "events": events, "entries": entries}  # fmt: skip
    values = {
        **kinds, **{name: [row.pk for row in found] for name, found in rows.items()}, "readers": readers, "run": before.pk,
        "all": readers + readers * OTHERS // 100, "now": places.now, "since": since, "weekday": timezone.localtime(places.now).weekday(),
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        _insert(cursor, *PEOPLE, values)
        cursor.execute(READER, values)
        for statement in CHOSEN:
            _insert(cursor, *statement, values)
        cursor.execute("ANALYZE")

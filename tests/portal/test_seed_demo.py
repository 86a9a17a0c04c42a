import re
from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from editorial.models import ArticlePage, HomePage, StandardPage, ThemeIntroduction
from editorial.moderation.queue import count_waiting
from members.models import User
from organisations.enums import OrganisationType
from organisations.models import Organisation
from portal.demo.bulk import BULK, seed_bulk
from portal.demo.content import read, read_all, tidy
from portal.demo.members import PASSWORD, seed_members, sign_ins
from portal.demo.organisations import seed_organisations
from portal.demo.pages import blocks
from portal.demo.projects import period, project_rows
from portal.demo.sentences import compose
from portal.demo.tally import Tally
from portal.management.commands.seed_demo import seed_region
from projects.enums import Kind, Phase
from projects.indexing import index_all
from projects.models import Partner, Project, ProjectText
from projects.questions import seen_by
from taxonomy.models import Municipality, Theme

LANGUAGES = {"en", "da", "sv"}


@pytest.fixture(scope="module")
def region(django_db_setup, django_db_blocker):
    """The hand-written region, seeded once for the tests of this module and taken back at their end."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed_region(Tally(), timezone.now())
        yield
        transaction.set_rollback(True)


# ---- the words


def test_sixty_projects_in_every_kind_phase_and_theme():
    rows = project_rows()
    assert len(rows) == len({row["key"] for row in rows}) == 60
    assert {row["kind"] for row in rows} == set(Kind.values)
    assert {row["phase"] for row in rows} == set(Phase.values)
    assert {slug for row in rows for slug in row["themes"]} == set(read("pages/themes.toml"))


def test_they_are_written_in_three_languages_and_half_of_them_translated():
    originals = Counter(row["original"] for row in project_rows())
    translated = [row for row in project_rows() if len(row["text"]) > 1]
    assert (originals["da"], originals["sv"], originals["en"], len(translated)) == (26, 20, 14, 31)


@pytest.mark.parametrize("row", project_rows(), ids=lambda row: row["key"])
def test_a_project_tells_its_story(row):
    story = row["text"][row["original"]]["story"]
    measured = row["phase"] in (Phase.EVALUATION, Phase.OPERATION)
    assert 1_200 <= len(story.strip()) + 5 <= 3_000
    assert 4 <= story.count("\n## ") <= 7
    assert not measured or 2 <= len(row["results"]) <= 4
    assert (row["phase"] == Phase.STOPPED) == bool(row.get("stopped_reason"))
    assert row["start"] < row["end"]


def test_nobody_shouts():
    texts = [text for row in project_rows() for words in row["text"].values() for text in words.values()]
    texts += [part for row in read_all("pages", "article") for words in row["text"].values() for part in words.values()]
    assert [text[:60] for text in texts if "!" in text] == []


def test_invented_organisations_and_people_have_example_addresses():
    addresses = [row["domain"] for row in read("organisations.toml")["organisation"] if row["type"] != "region"]
    addresses += [row[2] for row in read("members.toml")["member"]]
    assert [address for address in addresses if not address.endswith("example.org")] == []


def test_articles_pages_and_introductions_speak_three_languages():
    spoken = [set(row["text"]) for row in (*read_all("pages", "article"), *read("pages/standard.toml")["page"])]
    spoken += [set(texts) for texts in (*read("pages/themes.toml").values(), read("pages/home.toml"))]
    assert len(spoken) == 12 + 6 + 14 + 1
    assert [languages for languages in spoken if languages != LANGUAGES] == []


def test_swedish_thousands_stay_together():
    assert tidy(" 1 040 kubikmeter ", "sv") == "1\N{NO-BREAK SPACE}040 kubikmeter"
    assert tidy("1 040", "en") == "1 040"


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [("2023-10/2024-09", "en", "Oct 2023 – Sep 2024"), ("2026-05", "en", "May 2026"), ("2023-2025", "da", "2023–2025")],
)
def test_a_period_in_words(text, language, words):
    assert period(text, language) == words


def test_a_short_markdown_becomes_blocks():
    made = blocks("## A <b>\none\ntwo\n\n- x & y\n- z\n\n> said")
    assert made == [
        ("heading", {"text": "A <b>"}),
        ("paragraph", "<p>one two</p>"),
        ("paragraph", "<ul><li>x &amp; y</li><li>z</li></ul>"),
        ("quote", {"text": "said", "who": ""}),
    ]


# ---- the region


@pytest.mark.django_db
def test_the_region_is_public_and_marked_as_demo(region, nobody):
    projects = Project.objects.visible_to(nobody).listed().filter(source="demo")
    assert projects.filter(is_demo=True).count() == 60
    assert set(projects.values_list("texts__language", flat=True)) == LANGUAGES
    assert Project.objects.filter(published_at__gt=timezone.now()).count() == 0


@pytest.mark.django_db
def test_every_story_ends_by_saying_that_it_is_invented(region):
    notices = read("notice.toml")
    texts = ProjectText.objects.filter(project__source="demo")
    assert [text.title for text in texts if not text.story.endswith(notices[text.language])] == []


@pytest.mark.django_db
def test_organisations_of_every_type_and_both_countries(region):
    organisations = Organisation.objects.filter(source="demo")
    assert set(organisations.values_list("type", flat=True)) == set(OrganisationType.values)
    assert set(organisations.values_list("country", flat=True)) == {"DK", "SE"}
    assert organisations.filter(verified_at=None).count() == organisations.filter(is_demo=False).count() == 0


@pytest.mark.django_db
def test_a_municipality_is_described_by_its_own_figures(region):
    koge = Organisation.objects.get(source="demo", source_key="koge")
    with override("da"):
        assert koge.text.description.startswith("Køge Kommune ligger i Region Sjælland og havde 60.979 indbyggere i 2020.")
    assert [domain.name for domain in koge.domains.order_by("name")] == ["koege.dk", "koege.example.org"]


@pytest.mark.django_db
def test_a_second_run_changes_nothing(region):
    tally = Tally()
    before = Project.objects.order_by("pk").values_list("pk", "updated_at")
    seen = list(before)
    seed_region(tally, timezone.now())
    assert (tally.made.total(), list(before.all())) == (0, seen)


@pytest.mark.django_db
def test_an_imported_organisation_is_not_made_twice(region):
    imported = Organisation.objects.filter(source="demo", source_key__in=["koge", "lund"])
    imported.update(source="import", source_key="")
    tally = Tally()
    found = seed_organisations(tally, now=timezone.now())
    assert (tally.made["organisations"], found["koge"].source) == (0, "import")


@pytest.mark.django_db
def test_pages_stand_in_every_language_as_translations(region):
    for code in LANGUAGES:
        here = {"locale__language_code": code}
        assert ArticlePage.objects.filter(**here, is_demo=True).count() == 12
        assert StandardPage.objects.filter(**here).count() == 6
        assert ThemeIntroduction.objects.filter(**here).count() == 14
    assert ArticlePage.objects.values("translation_key").distinct().count() == 12


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "guides/", "guides/lessons-learned/", "about/", "themes/water/", "projects/"])
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_they_are_served(region, client, language, address):
    assert client.get(f"/{language}/{address}").status_code == 200


@pytest.mark.django_db
def test_words_of_an_editor_on_the_home_page_stay(region):
    home = HomePage.objects.get(locale__language_code="en")
    home.sections = [("text", {"title": "Ours", "body": []})]
    home.save_revision().publish()
    seed_region(Tally(), timezone.now())
    home.refresh_from_db()
    assert [block.block_type for block in home.sections] == ["text"]


# ---- signing in


@pytest.mark.django_db
def test_demo_sign_ins_work_where_they_are_allowed(region, settings, client):
    settings.DEMO_SIGN_INS = True
    seed_members({}, Tally())
    client.post("/en/accounts/login/", {"login": "moderator@demo.example.org", "password": PASSWORD})
    assert client.get("/cms/").status_code == 200
    assert len(sign_ins()) == 6


@pytest.mark.django_db
def test_where_they_are_off_a_password_left_from_before_goes(region, settings):
    settings.DEMO_SIGN_INS = True
    seed_members({}, Tally())
    settings.DEMO_SIGN_INS = False
    seed_members({}, Tally())
    assert [user.email for user in User.objects.filter(is_demo=True) if user.has_usable_password()] == []
    assert sign_ins() == []


@pytest.mark.django_db
def test_the_command_ends_with_the_counts_and_tells_no_password_when_off(region, settings):
    settings.DEMO_SIGN_INS = False
    out = StringIO()
    call_command("seed_demo", stdout=out)
    assert PASSWORD not in out.getvalue()
    asked = r"proposals=1 questions=3 reports=1 requests=\d+ reviews=2 trials=\d+ visits=\d+"
    counts = rf"blocks=\d+ discussions=\d+ events=\d+ groups=\d+ introductions=42 .* labs=5 .* projects=60 {asked} created=0 unchanged=\d+"
    assert re.fullmatch(counts, out.getvalue().splitlines()[-1])


def test_a_negative_number_is_refused():
    with pytest.raises(CommandError, match="--projects takes a number from 0"):
        call_command("seed_demo", projects=-1)


# ---- any size


def composed(number):
    place = Municipality(country="DK", name="Lolland", latitude=54.8, longitude=11.3)
    return compose(number, [place], date(2026, 11, 1))


def test_composed_projects_are_the_same_every_time_and_differ():
    assert composed(7).texts == composed(7).texts
    assert len({composed(number).texts[0] for number in range(200)}) == 200


def test_composed_sentences_are_finished_in_every_language():
    texts = [text for number in range(300) for text in composed(number).texts]
    loose = [part for text in texts for part in text[1:] if re.search(r"[{}]|,\.|,,|,\?|\bi Lolland|  ", part)]
    assert ({text[0] for text in texts}, loose) == ({"da", "en"}, [])


@pytest.mark.django_db
def test_bulk_adds_what_is_missing_and_says_how_many():
    tally = Tally()
    seed_bulk(tally, projects=260, members=127, now=timezone.now())
    assert Project.objects.filter(source=BULK).count() == 200
    assert User.objects.filter(email__endswith="@bulk.example.org").count() == 100
    assert (tally.made["projects"], tally.made["members"]) == (200, 100)
    again = Tally()
    seed_bulk(again, projects=280, members=127, now=timezone.now())
    assert (again.made["projects"], again.present["projects"], again.made["members"]) == (20, 200, 0)


@pytest.mark.django_db
def test_bulk_is_copied_with_its_search_data(client, monkeypatch):
    monkeypatch.setattr("portal.demo.bulk_projects.index_projects", lambda ids: None)
    seed_bulk(Tally(), projects=160, members=0, now=timezone.now())
    texts = ProjectText.objects.order_by("pk").values_list("keywords", "project__facet_terms")
    before = list(texts)
    index_all()
    assert list(texts.all()) == before
    assert all(f"kind:{project.kind}" in project.facet_terms for project in Project.objects.filter(source=BULK))
    assert client.get("/sv/projects/?theme=mobility").status_code == 200


@pytest.mark.django_db
def test_bulk_rows_pass_the_checks_of_their_models():
    seed_bulk(Tally(), projects=110, members=80, now=timezone.now())
    for project in Project.objects.filter(source=BULK).prefetch_related("sites", "texts", "results", "partners"):
        for row in (
            project,
            *project.sites.all(),
            *project.texts.all(),
            *project.results.all(),
            *project.partners.all(),
        ):
            row.full_clean(validate_unique=False, validate_constraints=False)
    for user in User.objects.filter(email__endswith="@bulk.example.org"):
        user.full_clean()
        assert (user.has_usable_password(), user.emailaddress_set.get().verified) == (False, True)


@pytest.mark.django_db
def test_every_theme_occurs_in_bulk():
    seed_bulk(Tally(), projects=360, members=0, now=timezone.now())
    assert Theme.objects.filter(projects__source=BULK).distinct().count() == 14


@pytest.mark.django_db
def test_something_waits_for_the_demo_moderator_and_the_demo_owner(region):
    moderator, owner = (User.objects.get(email=f"{part}@demo.example.org") for part in ("moderator", "owner"))
    assert {kind: number for kind, number in count_waiting(moderator).items() if kind != "organisation"} == {
        "project": 1, "lab": 0, "report": 1, "question": 1,
    }  # fmt: skip
    returned = Project.objects.get(state="returned")
    named = Partner.objects.get(organisation__memberships__user=owner, state="asked")
    schoolyards = Project.objects.get(source_key="koge-skolegarde")
    waiting = seen_by(owner, schoolyards).filter(state="waiting").count()
    assert (returned.created_by, bool(returned.state_reason), named.project.source_key, waiting) == (owner, True, "malmo-avloppsvarme", 1)

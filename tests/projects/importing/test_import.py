"""The command: all or nothing, nothing twice, and what it says."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from organisations.models import Organisation
from projects.actions import publish, reopen, update_project, withdraw
from projects.models import Project, SearchWord
from records.models import AuditEntry
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

HEAD = "id;titel;projektejer;land;kommune;temaer;emneord;beskrivelse;sprog;budget;valuta;startdato;slutdato;url\n"
KOGE = "k1;Lys på stien;Køge Kommune;DK;Køge;gadelys;LED;Lamper dæmper sig selv.;da;15.414.794;DKK;01.02.2024;2026-12-31;koege.dk\n"
LUND = "l1;Luft i Lund;Lunds universitet;SE;1281;air;sensor;Vi mäter.;sv;32 467,02;SEK;;;\n"


@pytest.fixture
def run(tmp_path):
    """Returns a function: import these lines, return the exit status and the lines that were said."""

    def command(*lines, **options):
        path = tmp_path / "towns.csv"
        path.write_text(HEAD + "".join(lines), encoding="iso-8859-1")
        return said(path, **options)

    return command


def said(path, **options):
    out, status = StringIO(), 0
    try:
        call_command("import_projects", str(path), stdout=out, stderr=StringIO(), **options)
    except SystemExit as end:
        status = end.code
    return status, out.getvalue().splitlines()


def test_rows_become_public_projects(run):
    status, lines = run(KOGE, LUND)
    assert (status, lines[-1]) == (0, "rows=2 created=2 updated=0 unchanged=0 refused=0")
    project = Project.objects.get(source="towns", source_key="k1")
    assert (project.state, project.visibility, project.slug) == ("published", "public", "lys-pa-stien")
    assert (project.organisation.name, project.budget, project.start_date.isoformat()) == ("Køge Kommune", 15414794, "2024-02-01")
    assert [site.municipality.slug for site in project.sites.all()] == ["koge"]


def test_what_was_imported_is_indexed(run):
    run(KOGE)
    project = Project.objects.get()
    assert {"theme:lighting", "municipality:koge", "tag:led", "country:DK"} <= set(project.facet_terms)
    assert "street light" in project.texts.get().keywords


def test_a_second_import_changes_nothing(run):
    run(KOGE, LUND)
    before = list(Project.objects.values_list("pk", "updated_at")), Organisation.objects.count(), AuditEntry.objects.count()
    status, lines = run(KOGE, LUND)
    assert (status, lines[-1]) == (0, "rows=2 created=0 updated=0 unchanged=2 refused=0")
    assert (list(Project.objects.values_list("pk", "updated_at")), Organisation.objects.count(), AuditEntry.objects.count()) == before


def test_a_changed_row_is_an_update_under_the_same_address(run):
    run(KOGE, LUND)
    _status, lines = run(KOGE.replace("Lys på stien", "Lys på stierne").replace("gadelys", "energy"), LUND)
    assert lines[-1] == "rows=2 created=0 updated=1 unchanged=1 refused=0"
    project = Project.objects.get(slug="lys-pa-stien")
    assert (str(project), [theme.slug for theme in project.themes.all()]) == ("Lys på stierne", ["energy"])


def test_what_members_changed_is_kept(run, owner):
    run(KOGE)
    update_project(Project.objects.get(), by=owner, programme="Our own")
    _status, lines = run(KOGE.replace("Lys", "Lygter"))
    assert lines[-2:] == [
        "Kept as members have changed them here since the last import: lines 2.",
        "rows=1 created=0 updated=0 unchanged=1 refused=0",
    ]
    assert Project.objects.get().programme == "Our own"


def test_a_withdrawn_project_is_not_published_again(run, owner):
    run(KOGE)
    withdraw(Project.objects.get(), by=owner)
    run(KOGE.replace("Lys", "Lygter"))
    assert Project.objects.get().state == "withdrawn"


def test_one_bad_row_and_nothing_is_written(run):
    status, lines = run(KOGE, LUND.replace(";;;\n", ";2021-13-31;;\n"))
    assert (status, Project.objects.count(), Organisation.objects.filter(slug="koge-kommune").count()) == (1, 0, 0)
    assert lines == [
        "line 3, column start_date: “2021-13-31” does not exist in the calendar.",
        "Nothing was written. Mend the 1 refused rows, or leave them out with --skip-bad.",
        "rows=2 created=0 updated=0 unchanged=0 refused=1",
    ]


def test_bad_rows_are_left_out_on_request(run):
    status, lines = run(KOGE, LUND.replace("air", "alchemy"), skip_bad=True)
    assert (status, lines[-1], Project.objects.count()) == (1, "rows=2 created=1 updated=0 unchanged=0 refused=1", 1)


def test_a_dry_run_counts_and_writes_nothing(run):
    status, lines = run(KOGE, LUND, dry_run=True)
    assert (status, lines[-1]) == (0, "rows=2 created=2 updated=0 unchanged=0 refused=0")
    assert (Project.objects.count(), Organisation.objects.count(), AuditEntry.objects.count()) == (0, 0, 0)


def test_a_key_twice_in_one_file_is_refused(run):
    status, lines = run(KOGE, KOGE)
    assert (status, lines[0]) == (1, "line 3, column source_key: “k1” stands in line 2 already.")


def test_nobody_to_own_it(run):
    status, lines = run(KOGE.replace("Køge Kommune", ""))
    assert (status, lines[0]) == (1, "line 2, column lead_name: Name the organisation that leads the project: it owns the page.")


def test_two_projects_of_one_title_have_two_addresses(run):
    run(KOGE, KOGE.replace("k1", "k2"))
    assert sorted(Project.objects.values_list("slug", flat=True)) == ["lys-pa-stien", "lys-pa-stien-2"]


def test_a_project_called_like_a_page_of_the_portal(run):
    run(KOGE.replace("Lys på stien", "Map"))
    assert Project.objects.get().slug == "map-project"


def test_an_organisation_that_is_here_is_not_made_again(run):
    here = OrganisationFactory(name="Municipality of Køge", country="DK")
    run(KOGE, KOGE.replace("k1", "k2").replace("Køge Kommune", "KØGE KOMMUNE"))
    assert {project.organisation for project in Project.objects.all()} == {here}


def test_the_number_of_queries_does_not_grow(run, django_assert_max_num_queries):
    run(KOGE)
    with django_assert_max_num_queries(45):
        run(*[KOGE.replace("k1", f"n{number}").replace("Køge Kommune", f"Firma {number} A/S") for number in range(40)])


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(CommandError, match="no file"):
        said(tmp_path / "nowhere.csv")


def test_organisations_and_partners_of_other_files(tmp_path):
    (tmp_path / "p.csv").write_text("project_id,title,lead_org_id\na,Light,\nb,Air,o1\n")
    (tmp_path / "o.csv").write_text("org_id,name,country\no1,Lund university,SE\no2,Lunds universitet,SE\no3,Never named,SE\n")
    (tmp_path / "r.csv").write_text("project_id,org_id,role\na,o2,partner\nb,o1,coordinator\nb,o2,partner\n")
    _status, lines = said(tmp_path / "p.csv", organisations=str(tmp_path / "o.csv"), partners=str(tmp_path / "r.csv"))
    assert lines == ["New organisations: 1", "rows=2 created=2 updated=0 unchanged=0 refused=0"]
    assert [(str(one), one.role) for one in Project.objects.get(source_key="b").partners.all()] == [("Lunds universitet", "lead")]
    assert Project.objects.get(source_key="a").organisation.name == "Lunds universitet"


def test_a_word_of_an_import_is_known_to_did_you_mean(run):
    run(KOGE)
    assert SearchWord.objects.filter(shown="dæmper").exists()


def test_invisible_characters_in_names_are_gone(tmp_path):
    rows = [{"id": 1, "title": "Light", "lead": "Kø\u200bge Kommune", "partners": ["Firma\x00 X A/S"], "region": "Fyn"}]
    (tmp_path / "p.jsonl").write_text("\n".join(map(json.dumps, rows)))
    said(tmp_path / "p.jsonl")
    assert [str(one) for one in Project.objects.get().partners.all()] == ["Køge Kommune", "Firma X A/S"]


def test_without_lead_the_programme_owns_it(tmp_path):
    (tmp_path / "p.csv").write_text("id,title,programme\na,Light,Interreg Aurora\n")
    said(tmp_path / "p.csv")
    owner = Project.objects.get().organisation
    assert (owner.name, owner.type) == ("Interreg Aurora", "network")


def test_formulas_of_a_spreadsheet_are_text(tmp_path):
    (tmp_path / "p.csv").write_text('id,title,lead\na,"=HYPERLINK(""http://x"")",Lejre Kommune\n')
    said(tmp_path / "p.csv")
    assert str(Project.objects.get()) == '=HYPERLINK("http://x")'


def test_a_project_reopened_and_published_here_is_still_the_same(run, owner):
    run(KOGE)
    project = Project.objects.get()
    withdraw(project, by=owner)
    reopen(project, by=owner)
    publish(project, by=owner)
    assert run(KOGE)[1][-1] == "rows=1 created=0 updated=0 unchanged=1 refused=0"

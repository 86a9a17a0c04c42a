"""Beginning and writing a report: what the request said already, one report for each test, hostile input, files."""

import io

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from common.errors import WrongState
from testreports import actions
from testreports.models import TestReport
from tests.factories import ApplicationFactory, ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(organisation, lab):
    return ApplicationFactory(asking=organisation, lab=lab, state="running", request__title="Count cyclists in snow")


def form_of(report, **values):
    """What a browser sends of the form of `report` as it stands."""
    text = report.text
    rows = {f"{name}-{part}": "0" for name in ("results", "links") for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    said = {
        "revision": report.revision, "language": text.language, "title": text.title, "summary": text.summary, "done": text.done,
        "worked": text.worked, "failed": text.failed, "visibility": report.visibility, "embargo_until": "", "start_date": "",
        "end_date": "", "project": "",
    }  # fmt: skip
    return {**rows, **said, **values}


def edit(client, report, **values):
    return client.post(reverse("testreports:edit", args=[report.slug]), form_of(report, **values))


def test_a_report_begins_with_what_the_request_said(running, editor):
    report = actions.start_report(running, by=editor)
    text = report.texts.get()
    assert (report.side, report.state, text.title) == ("company", "draft", "Count cyclists in snow")
    assert (report.start_date, report.end_date) == (running.agreed_terms.starts_on, running.agreed_terms.ends_on)
    assert "A bin that says when it is full." in text.done


def test_the_same_side_finds_its_report_again(running, editor, owner):
    first = actions.start_report(running, by=editor)
    assert (actions.start_report(running, by=owner), TestReport.objects.count()) == (first, 1)


def test_the_other_side_waits_for_it(running, editor, host):
    report = actions.start_report(running, by=editor)
    with pytest.raises(WrongState) as refusal:
        actions.start_report(running, by=host)
    assert refusal.value.code == "begun"
    TestReport.objects.filter(pk=report.pk).update(state="submitted")
    assert actions.start_report(running, by=host) == report


@pytest.mark.parametrize("state", ["draft", "sent", "accepted", "agreed", "declined", "cancelled"])
def test_there_is_nothing_to_report_of_a_test_that_did_not_run(organisation, lab, editor, state):
    with pytest.raises(WrongState):
        actions.start_report(ApplicationFactory(asking=organisation, lab=lab, state=state), by=editor)


def test_the_button_leads_to_the_form(client, running, editor):
    client.force_login(editor)
    answer = client.post(reverse("testreports:start", args=[running.pk]))
    assert answer.url == reverse("testreports:edit", args=[TestReport.objects.get().slug])


@pytest.mark.parametrize("part, status", [("stranger", 404), ("moderator", 404), ("helper", 404)])
def test_others_begin_none(client, running, part, status, request):
    client.force_login(request.getfixturevalue(part))
    answer = client.post(reverse("testreports:start", args=[running.pk]))
    assert (answer.status_code, TestReport.objects.count()) == (status, 0)


def test_everything_is_kept(client, make, editor, organisation):
    report, project = make("draft"), ProjectFactory(organisation=organisation, slug="counting")
    client.force_login(editor)
    rows = {"results-TOTAL_FORMS": "1", "results-0-indicator": "Counted", "results-0-unit": "%", "results-0-actual": "53,1",
            "links-TOTAL_FORMS": "1", "links-0-url": "https://data.example.org/counts", "links-0-label": "Counts"}  # fmt: skip
    edit(client, report, title="What snow does", project="counting", embargo_until="2031-05-01", visibility="members", **rows)
    report.refresh_from_db()
    measured, link = report.results.get(), report.links.get()
    assert (str(report), report.project, report.visibility, str(report.embargo_until)) == (
        "What snow does", project, "members", "2031-05-01",
    )  # fmt: skip
    assert (measured.indicator, float(measured.actual), measured.baseline, link.label) == ("Counted", 53.1, None, "Counts")


def test_one_more_row_without_a_script(client, make, editor):
    report = make("draft")
    client.force_login(editor)
    answer = edit(client, report, add="results", title="Typed, not saved")
    assert ('name="results-0-indicator"' in answer.content.decode(), "Typed, not saved" in answer.content.decode()) == (True, True)
    assert str(TestReport.objects.get()) == str(report)


def test_the_second_of_two_editors_is_told_and_sees_both(client, make, editor, owner):
    report = make("draft")
    actions.update_report(report, by=owner, texts=[{"language": "en", "is_original": True, "title": "Theirs"}])
    report.revision = 0
    client.force_login(editor)
    answer = edit(client, report, title="Mine").content.decode()
    assert ("Theirs" in answer, "Mine" in answer, str(TestReport.objects.get())) == (True, True, "Theirs")


HOSTILE = ["\x00", "\ud800", "x" * 300_000, "🧑‍🔬" * 50, "<script>alert(1)</script>", "']]><x", "%s%n"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["title", "summary", "done", "results-0-indicator", "results-0-actual", "links-0-url", "project"])
def test_hostile_text_is_no_error_of_ours(client, make, editor, name, text):
    report = make("draft")
    client.force_login(editor)
    text = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if "\ud800" in text else text
    answer = edit(client, report, **{"results-TOTAL_FORMS": "1", "links-TOTAL_FORMS": "1", name: text})
    assert answer.status_code in (200, 302, 400)


@pytest.mark.parametrize("name, value", [("visibility", "everybody"), ("project", "not-there"), ("language", "xx"),
                                         ("embargo_until", "2031-02-30"), ("end_date", "1999-01-01")])  # fmt: skip
def test_what_cannot_be_stands_at_its_field(client, make, editor, name, value):
    report = make("draft")
    client.force_login(editor)
    answer = edit(client, report, title="Changed", start_date="2030-01-01", **{name: value})
    assert (answer.status_code, "Changed" in answer.content.decode(), str(TestReport.objects.get())) == (200, True, str(report))


def test_tc21_what_the_form_does_not_ask_is_not_written(client, make, editor, stranger):
    report = make("draft")
    client.force_login(editor)
    edit(client, report, state="published", side="lab", goes_on="yes", released_at="2020-01-01", organisation="1", is_demo="1")
    report.refresh_from_db()
    assert (report.state, report.side, report.goes_on, report.released_at, report.is_demo) == ("draft", "company", "", None, False)


def test_a_project_of_others_cannot_be_named(client, make, editor):
    report, other = make("draft"), ProjectFactory(slug="of-others")
    client.force_login(editor)
    edit(client, report, project=other.slug)
    report.refresh_from_db()
    assert report.project is None


def picture():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "PNG")
    return ContentFile(file.getvalue(), name="pole.png")


def test_photos_and_data_sets_are_served_to_those_who_see_the_report(client, make, editor, nobody, media):
    report = make("draft")
    photo = actions.add_file(report, picture(), by=editor, alt="The pole in snow")
    table = actions.add_file(report, ContentFile(b"day;count\n1;53\n", name="counts.csv"), by=editor, title="Counts")
    statuses = [client.get(one.get_absolute_url()).status_code for one in (photo, table)]
    TestReport.objects.filter(pk=report.pk).update(state="published", published_at=report.created_at, released_at=report.created_at)
    assert (statuses, [client.get(one.get_absolute_url()).status_code for one in (photo, table)]) == ([404, 404], [200, 200])


@pytest.mark.parametrize("content, name", [(b"<svg onload=alert(1)>", "x.svg"), (b"MZ\x90\x00", "x.exe"), (b"", "empty.png")])
def test_tc13_files_of_other_kinds_are_refused(client, make, editor, media, content, name):
    report = make("draft")
    client.force_login(editor)
    client.post(reverse("testreports:add_file", args=[report.slug]), {"file": ContentFile(content, name=name)})
    assert report.attachments.count() == 0


def test_files_stay_once_it_is_submitted(client, make, editor, media):
    report = make("draft")
    file = actions.add_file(report, ContentFile(b"a;b\n", name="counts.csv"), by=editor)
    TestReport.objects.update(state="submitted")
    client.force_login(editor)
    client.post(reverse("testreports:remove_file", args=[report.slug, file.uuid]))
    assert report.attachments.count() == 1


def test_a_report_becomes_a_project(make, editor, host, organisation, lab):
    report = make(results=[{"indicator": "Counted", "unit": "%", "baseline": 61, "actual": 98}])
    project = actions.make_project(report, by=editor, site_url="https://portal.example")
    partner = project.partners.get()
    assert (project.organisation, project.state, str(project)) == (organisation, "draft", str(report))
    assert (partner.organisation, partner.role) == (lab.organisation, "test_site")
    assert [lesson.kind for lesson in project.lessons.all()] == ["worked", "failed"]
    assert (float(project.results.get().actual), project.links.get().url.endswith(f"/test-reports/{report.slug}/")) == (98, True)
    assert actions.make_project(report, by=editor, site_url="x") == project
    with pytest.raises(WrongState):
        actions.make_project(report, by=host, site_url="https://portal.example")


def test_the_host_makes_a_project_of_its_own(make, host, lab, organisation):
    project = actions.make_project(make(), by=host, site_url="https://portal.example")
    assert (project.organisation, project.partners.get().organisation) == (lab.organisation, organisation)


def test_the_same_test_elsewhere_is_a_draft_that_names_the_report(make, editor, organisation):
    report = make()
    again = actions.test_again(report, by=editor)
    assert (again.organisation, again.title, again.is_draft) == (organisation, report.application.request.title, True)
    assert report.get_absolute_url() in again.results
    assert actions.test_again(report, by=editor) == again

"""Files and links as people find, add, change and lose them; what their addresses answer others (TC-12 to TC-15, TC-21, TC-22)."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from common.publishing import State
from tests.factories import ResourceFactory, UserFactory, WorkingGroupFactory
from tests.records.test_attachments import HTML, SVG, archive, huge_png, picture
from tests.support.forms import fields_of
from workinggroups import actions
from workinggroups.models import FileVersion, Folder, Resource, WorkingGroup

pytestmark = pytest.mark.django_db


def at(name, group, *keys):
    return reverse(f"workinggroups:{name}", args=[group.slug, *keys])


def upload(content=b"2024;3,5\n", name="measurements.csv"):
    return SimpleUploadedFile(name, content)


def entry(**fields):
    """What a browser sends of the form of a file."""
    return {"key": str(uuid.uuid4()), "title": "Measurements", "audience": "members", "language": "en", "folder": "", **fields}


def titles(client, address):
    return [line.resource.title for line in client.get(address).context["page"].lines]


@pytest.fixture
def writer(client, media, member):
    client.force_login(member)
    return client


# ---- finding and reading


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Tender text"]),
        ("?q=tender", ["Tender text"]),
        ("?q=havnen", ["Lys ved Køge havn"]),
        ("?q=koge", ["Lys ved Køge havn"]),
        ("?q=udbud", ["Tender text"]),
        ("?q=-tender", ["Lys ved Køge havn"]),
        ("?q=nothing", []),
        ("?q=%00&sort=password&page=-1", ["Tender text"]),
        ("?page=99999999999999999999&sort=name", ["Tender text"]),
    ],
)
def test_words_find_in_every_folder_of_the_group(writer, group, member, query, found):
    folder = actions.make_folder(group, "Meetings", by=member)
    ResourceFactory(group=group, title="Tender text", keywords="udbud udkast 3")
    ResourceFactory(group=group, folder=folder, title="Lys ved Køge havn", language="da", description="Målt ved havnen")
    ResourceFactory(title="Tender text of another group")
    assert titles(writer, at("resources", group) + query) == found


def test_order_by_name_is_that_of_the_language(writer, group):
    for title in ("Ærø", "Aabenraa", "Zebra", "Østerbro"):
        ResourceFactory(group=group, title=title)
    address = at("resources", group).replace("/en/", "/da/")
    assert titles(writer, address + "?sort=name") == ["Zebra", "Ærø", "Østerbro", "Aabenraa"]
    assert titles(writer, address) == ["Østerbro", "Zebra", "Aabenraa", "Ærø"]


@pytest.mark.parametrize("where", ["top", "folder", "search", "detail", "removed", "form"])
def test_pages_ask_the_same_for_any_number(client, group, chair, same_queries, add_file, add_version, where):
    client.force_login(chair)
    folder = actions.make_folder(group, "Meetings", by=chair)
    one = add_file(group, chair, title="Common first", folder=folder)

    def add():
        number = group.resources.count()
        actions.make_folder(group, f"Folder {number}", by=chair)
        row = add_file(group, chair, title=f"Common {number}", folder=folder if where == "folder" else None)
        add_version(one, chair)
        if where == "removed":
            actions.remove_resource(row, by=chair)

    addresses = {
        "top": at("resources", group), "folder": folder.get_absolute_url(), "search": at("resources", group) + "?q=common",
        "detail": one.get_absolute_url(), "removed": at("removed_resources", group), "form": at("add_file", group),
    }  # fmt: skip
    assert same_queries(addresses[where], add) <= 20


def test_visitors_read_what_is_for_everybody_and_no_names(client, group, take_in, add_file):
    author = take_in(group, name="Cilla Exempel").user
    row = add_file(group, author, title="For all of us", audience="everybody")
    add_file(group, author, title="For the group")
    page, detail = (client.get(address).content.decode() for address in (at("resources", group), row.get_absolute_url()))
    assert ("For all of us" in page, "For the group" in page, "Cilla" in page + detail) == (True, False, False)


def test_the_tab_is_there_for_those_who_have_something_to_read(client, group, member):
    address = at("resources", group)
    assert address not in client.get(group.get_absolute_url()).content.decode()
    ResourceFactory(group=group, audience="everybody")
    assert address in client.get(group.get_absolute_url()).content.decode()
    client.force_login(member)
    assert address in client.get(group.get_absolute_url()).content.decode()


def test_a_folder_without_anything_to_read_is_not_there_for_others(client, group, member, stranger):
    folder = actions.make_folder(group, "Quarrels", by=member)
    ResourceFactory(group=group, folder=folder)
    ResourceFactory(group=group, audience="everybody")
    client.force_login(stranger)
    page = client.get(at("resources", group)).content.decode()
    assert ("Quarrels" in page, client.get(folder.get_absolute_url()).status_code) == (False, 404)


def test_a_page_of_a_file_shows_every_version(writer, group, member, add_file, add_version):
    row = add_file(group, member)
    add_version(row, member, note="Lund added")
    page = writer.get(row.get_absolute_url()).content.decode()
    files = [version.file.get_absolute_url() for version in row.versions.prefetch_related("attachments")]
    assert all(page.count(address) >= 1 for address in files) and "Lund added" in page
    assert [writer.get(address).getvalue() for address in files] == [b"2025;4,5\n", b"2024;3,5\n"]


def test_links_tell_their_site_nothing(writer, group):
    row = ResourceFactory(group=group)
    for address in (at("resources", group), row.get_absolute_url()):
        assert 'rel="noopener noreferrer nofollow ugc"' in writer.get(address).content.decode()


# ---- adding


def test_a_file_is_added_where_one_stands(writer, group, member):
    folder = actions.make_folder(group, "Meetings", by=member)
    page = writer.get(at("add_file", group) + f"?folder={folder.pk}").content.decode()
    sent = {name: values[0] for name, values in fields_of(page, form="").items() if name != "csrfmiddlewaretoken"}
    answer = writer.post(at("add_file", group), {**sent, "title": "Tender text", "file": upload()})
    row = Resource.objects.get()
    assert (answer.url, row.title, row.folder, row.created_by) == (folder.get_absolute_url(), "Tender text", folder, member)


def test_a_link_is_added(writer, group):
    answer = writer.post(at("add_link", group), entry(url="example.org/report"))
    row = Resource.objects.get()
    assert (answer.url, row.url, row.kind) == (at("resources", group), "https://example.org/report", "link")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"file": upload(HTML, "a.html")}, ["file"]),
        ({"file": upload(SVG, "a.svg")}, ["file"]),
        ({"file": upload(b"", "empty.txt")}, ["file"]),
        ({"file": ""}, ["file"]),
        ({"file": upload(huge_png(), "a.png"), "alt": "A lamp"}, ["file"]),
        ({"file": upload(picture(), "lamp.jpg")}, ["alt"]),
        ({"file": upload(), "title": "\N{RIGHT-TO-LEFT OVERRIDE}—"}, ["title"]),
        ({"file": upload(), "title": "a\x00b"}, ["title"]),
        ({"file": upload(), "title": "x" * 300_000}, ["title"]),
        ({"file": upload(), "description": "\N{GRINNING FACE} " * 2_000}, ["description"]),
        ({"file": upload(), "folder": "999999"}, ["folder"]),
        ({"file": upload(), "folder": "9" * 30}, ["folder"]),
        ({"file": upload(), "audience": "nobody"}, ["audience"]),
        ({"file": upload(), "language": "xx"}, ["language"]),
        ({"file": upload(), "key": "no key"}, ["key"]),
    ],
)
def test_tc12_tc13_an_error_stands_at_its_field_and_what_was_typed_stays(writer, group, fields, wrong):
    sent = entry(description="Nine towns measured it.") | fields
    answer = writer.post(at("add_file", group), sent)
    assert (answer.status_code, list(answer.context["form"].errors), Resource.objects.count()) == (200, wrong, 0)
    assert "description" in fields or "Nine towns measured it." in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "a\x00b.csv", "a" * 500 + ".csv", "\N{RIGHT-TO-LEFT OVERRIDE}vsc.exe.csv", "; rm -rf.csv"]
)
def test_tc13_names_of_files_are_made_harmless(writer, group, media, name):
    answer = writer.post(at("add_file", group), entry(file=upload(name=name)))
    assert answer.status_code in (200, 302, 400)
    assert all(path.parent.parent.name == "attachments" for path in media.rglob("*") if path.is_file())
    assert all(set("/\\\x00;") & set(row.file.name) == set() for row in Resource.objects.all())


def test_tc12_what_is_too_large_is_refused_by_its_length(writer, group):
    answer = writer.post(at("add_file", group), entry(), CONTENT_LENGTH=str(10 * 1024**3))
    assert (answer.status_code, Resource.objects.count()) == (413, 0)


def test_tc13_a_document_is_a_download_that_runs_nothing(writer, group):
    writer.post(at("add_file", group), entry(file=upload(b"%PDF-1.7 /JavaScript", "a.pdf")))
    answer = writer.get(Resource.objects.get().file.get_absolute_url())
    assert answer["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert (answer["X-Content-Type-Options"], "sandbox" in answer["Content-Security-Policy"]) == ("nosniff", True)


def test_tc21_a_form_takes_its_own_fields_only(writer, group, member):
    other = WorkingGroupFactory()
    more = {"group": other.pk, "created_by": UserFactory().pk, "kind": "link", "url": "https://evil.example/", "removed_at": "2026-01-01"}
    writer.post(at("add_file", group), entry(file=upload(), **more))
    row = Resource.objects.get()
    assert (row.group, row.created_by, row.kind, row.url, row.removed_at) == (group, member, "file", "", None)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "https://a@b.example/", "http://", "x" * 600])
def test_tc22_an_address_that_is_none_is_an_error_at_its_field(writer, group, url):
    answer = writer.post(at("add_link", group), entry(url=url))
    assert (answer.status_code, list(answer.context["form"].errors), Resource.objects.count()) == (200, ["url"], 0)


def test_tc18_markup_stays_text(writer, group):
    bad = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    row = ResourceFactory(group=group, title=bad, description=bad, folder=Folder.objects.create(group=group, name=bad[:120]))
    for address in (at("resources", group), row.get_absolute_url(), row.folder.get_absolute_url(), at("edit_resource", group, row.pk)):
        page = writer.get(address).content.decode()
        assert "<script>alert(1)" not in page and "onerror=alert(1)>" not in page


# ---- versions, changing, moving


def test_a_version_is_added_and_one_between_is_named(writer, group, member, take_in, add_file, add_version):
    row = add_file(group, member)
    add_version(row, take_in(group, name="Bo").user)
    answer = writer.post(at("add_version", group, row.pk), {"key": str(uuid.uuid4()), "base": "1", "file": upload()}, follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert said == ["Version 3 is added. Bo added version 2 while you had the page open: look whether both are in it."]
    assert row.versions.count() == 3


def test_a_version_that_is_refused_says_why_where_it_was_sent(writer, group, member, add_file):
    row = add_file(group, member)
    sent = {"key": str(uuid.uuid4()), "base": "1", "file": upload(HTML, "a.html"), "note": "Lund added"}
    answer = writer.post(at("add_version", group, row.pk), sent)
    assert (answer.status_code, list(answer.context["form"].errors), "Lund added" in answer.content.decode()) == (200, ["file"], True)


def test_two_editors_the_second_sees_both(writer, group, member):
    row = ResourceFactory(group=group, title="Report", audience="members")
    opened = {"title": "Mine", "url": row.url, "audience": "members", "language": "en", "description": "", "folder": "", "revision": "0"}
    actions.edit_resource(row, by=member, title="Theirs", audience="everybody")
    answer = writer.post(at("edit_resource", group, row.pk), opened)
    assert answer.context["form"].theirs == [("Title", "Theirs"), ("Who reads it", "Everybody who sees the group")]
    writer.post(at("edit_resource", group, row.pk), {**opened, "revision": answer.context["form"].data["revision"]})
    row.refresh_from_db()
    assert (row.title, row.audience, row.revision) == ("Mine", "members", 2)


def test_what_a_picture_shows_is_changed(writer, group, member, add_file):
    row = add_file(group, member, picture(), "lamp.jpg", alt="A lamp")
    sent = {
        "title": row.title,
        "alt": "A lamp over a path",
        "audience": "members",
        "language": "en",
        "folder": "",
        "revision": row.revision,
    }
    assert writer.post(at("edit_resource", group, row.pk), sent).status_code == 302
    assert FileVersion.objects.get().file.alt == "A lamp over a path"


def test_moving_to_a_folder_and_back(writer, group, member):
    folder, row = actions.make_folder(group, "Meetings", by=member), ResourceFactory(group=group)
    writer.post(at("move_resource", group, row.pk), {"folder": folder.pk})
    moved = Resource.objects.get().folder
    writer.post(at("move_resource", group, row.pk), {"folder": ""})
    assert (moved, Resource.objects.get().folder) == (folder, None)


def test_a_folder_of_another_group_is_out_of_reach(writer, group):
    foreign, row = Folder.objects.create(group=WorkingGroupFactory(), name="Theirs"), ResourceFactory(group=group)
    assert writer.post(at("move_resource", group, row.pk), {"folder": foreign.pk}).status_code == 404
    for name in ("edit_folder", "remove_folder"):
        assert writer.post(at(name, group, foreign.pk), {"name": "Mine"}).status_code == 404
    assert (writer.get(at("folder", group, foreign.pk)).status_code, Folder.objects.get().name) == (404, "Theirs")


def test_folders_are_made_renamed_and_removed(writer, group):
    made = writer.post(at("make_folder", group), {"name": "Meetings", "parent": ""})
    folder = Folder.objects.get()
    writer.post(at("edit_folder", group, folder.pk), {"name": "Minutes", "parent": ""})
    folder.refresh_from_db()
    gone = writer.post(at("remove_folder", group, folder.pk))
    assert (made.url, folder.name, gone.url, Folder.objects.count()) == (folder.get_absolute_url(), "Minutes", at("resources", group), 0)


@pytest.mark.parametrize("name", ["", "meetings", "\x00", "x" * 200, "\N{ZERO WIDTH SPACE}"])
def test_a_folder_that_cannot_be_made_says_why(writer, group, member, name):
    actions.make_folder(group, "Meetings", by=member)
    answer = writer.post(at("make_folder", group), {"name": name, "parent": ""})
    assert (answer.status_code, list(answer.context["folder_form"].errors), Folder.objects.count()) == (200, ["name"], 1)


# ---- removing, and what is left at the address (TC-15)


def test_removed_and_brought_back(writer, group, member):
    row = ResourceFactory(group=group, created_by=member)
    writer.post(at("remove_resource", group, row.pk))
    gone = writer.get(row.get_absolute_url()).status_code
    listed = writer.get(at("removed_resources", group)).content.decode()
    writer.post(at("restore_resource", group, row.pk))
    assert (gone, row.title in listed, writer.get(row.get_absolute_url()).status_code) == (404, True, 200)


def test_a_member_removes_what_is_his_or_hers(writer, group, chair):
    row = ResourceFactory(group=group, created_by=chair)
    assert writer.post(at("remove_resource", group, row.pk)).status_code == 403
    actions.remove_resource(row, by=chair)
    assert (row.title in writer.get(at("removed_resources", group)).content.decode(),
            writer.post(at("restore_resource", group, row.pk)).status_code) == (False, 404)  # fmt: skip


def statuses(client, row):
    """What the page and every version of a file answer."""
    files = [version.file.get_absolute_url() for version in FileVersion.objects.filter(resource=row).prefetch_related("attachments")]
    return [client.get(address).status_code for address in (row.get_absolute_url(), *files)]


@pytest.mark.parametrize("part", ["nobody", "stranger", "colleague", "suspended"])
@pytest.mark.parametrize("audience", ["members", "everybody"])
def test_tc15_the_files_of_a_private_group_do_not_exist_for_others(client, group, member, add_file, add_version, part, audience, request):
    row, person = add_file(group, member, audience=audience), request.getfixturevalue(part)
    add_version(row, member)
    WorkingGroup.objects.update(visibility="private", joining="invitation")
    if part != "nobody":
        client.force_login(person)
    assert statuses(client, row) == [404, 404, 404]


def test_tc15_nor_for_one_who_has_left(client, group, chair, member, add_file, add_version):
    row = add_file(group, chair)
    add_version(row, chair)
    client.force_login(member)
    before = statuses(client, row)
    actions.leave(group, by=member)
    assert (before, statuses(client, row)) == ([200, 200, 200], [404, 404, 404])


def test_tc15_nor_for_whoever_added_it_and_was_taken_out(client, group, chair, member, add_file):
    row = add_file(group, member)
    actions.remove_member(group.memberships.get(user=member), by=chair)
    client.force_login(member)
    assert statuses(client, row) == [404, 404]


def test_tc15_nor_for_anybody_once_it_is_removed(writer, group, member, moderator, add_file):
    row = add_file(group, member, audience="everybody")
    address = row.file.get_absolute_url()
    actions.remove_resource(row, by=member)
    answers = [writer.get(address).status_code]
    writer.force_login(moderator)
    assert [*answers, writer.get(address).status_code] == [404, 404]


# ---- a closed group


@pytest.mark.parametrize("state", [State.ARCHIVED, State.HIDDEN])
def test_a_closed_group_is_read_and_not_changed(writer, group, member, add_file, state):
    row, folder = add_file(group, member), actions.make_folder(group, "Meetings", by=member)
    WorkingGroup.objects.update(state=state)
    for name, keys in (("add_file", ()), ("add_link", ()), ("edit_resource", (row.pk,)), ("add_version", (row.pk,)),
                       ("move_resource", (row.pk,)), ("remove_resource", (row.pk,)), ("make_folder", ()), ("edit_folder", (folder.pk,)),
                       ("remove_folder", (folder.pk,))):  # fmt: skip
        sent = entry(file=upload(), url="https://example.org/", name="New", revision=row.revision)
        assert writer.post(at(name, group, *keys), sent).status_code in (200, 302), name
    page = writer.get(at("resources", group)).content.decode()
    assert (Resource.objects.visible_to(member).count(), Folder.objects.get().name, FileVersion.objects.count()) == (1, "Meetings", 1)
    assert "Add a file" not in page and writer.get(row.file.get_absolute_url()).status_code == 200


# ---- the whole portal


def test_search_finds_what_one_may_read(client, group, member, stranger):
    ResourceFactory(group=group, title="Flickering lamps", audience="members")
    ResourceFactory(group=group, title="Flickering bins", audience="everybody")
    found = []
    for person in (None, stranger, member):
        if person:
            client.force_login(person)
        page = client.get("/en/search/?q=flickering&kind=files").content.decode()
        found.append((page.count("lamps</a>"), page.count("bins</a>")))
    assert found == [(0, 1), (0, 1), (1, 1)]


def test_a_form_that_met_an_ended_session_comes_back(client, group, member, media):
    client.force_login(member)
    page = fields_of(client.get(at("add_link", group)).content.decode(), form="")
    client.logout()
    sent = {name: values[0] for name, values in page.items()} | {"title": "A long title", "url": "https://example.org/"}
    client.post(at("add_link", group), sent)
    client.force_login(member)
    assert client.get(at("add_link", group)).status_code == 200


def test_an_archive_of_programs_is_no_office_document(writer, group):
    answer = writer.post(at("add_file", group), entry(file=upload(archive("run.exe", "word.exe"), "a.docx")))
    assert list(answer.context["form"].errors) == ["file"]


def test_the_overview_shows_the_newest_that_one_may_read(client, group, member):
    for number in range(4):
        ResourceFactory(group=group, title=f"Report {number}", audience="everybody" if number % 2 else "members")
    pages = [client.get(group.get_absolute_url()).content.decode()]
    client.force_login(member)
    pages.append(client.get(group.get_absolute_url()).content.decode())
    assert [[number for number in range(4) if f"Report {number}" in page] for page in pages] == [[1, 3], [1, 2, 3]]

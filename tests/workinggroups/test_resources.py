"""The verbs of files and links: what they write, whom they tell, what they refuse."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils import timezone

from common.errors import WrongState
from common.publishing import State
from records.models import Attachment, AuditEntry
from tests.factories import GroupMembershipFactory, ResourceFactory, UserFactory, WorkingGroupFactory
from tests.records.test_attachments import HTML, SVG, archive, huge_png, picture
from tests.support.told import told
from workinggroups import actions
from workinggroups.actions import resources as verbs
from workinggroups.models import FileVersion, Folder, Resource, WorkingGroup
from workinggroups.tasks import clear_removed_task

pytestmark = pytest.mark.django_db
STATES = [State.DRAFT, State.PUBLISHED, State.ARCHIVED, State.HIDDEN]
OPEN = (State.DRAFT, State.PUBLISHED)


def numbers(resource):
    return list(resource.versions.values_list("number", flat=True))


def link(group, by, url="https://example.org/report", **fields):
    return actions.add_link(group, url, by=by, key=uuid.uuid4(), **{"title": "A report", **fields})


# ---- adding


def test_a_file_is_kept_with_its_first_version(group, member, add_file):
    row = add_file(group, member, title="Measurements 2024", description="Nine towns")
    assert (row.kind, row.created_by, numbers(row), row.audience) == ("file", member, [1], "members")
    assert (row.file.name, row.file.content_type, row.file.uploaded_by) == ("measurements.csv", "text/csv", member)
    assert AuditEntry.objects.filter(verb="add_resource", by=member, target_id=group.pk).count() == 1


def test_without_a_title_a_file_is_called_after_itself(group, member, add_file):
    assert add_file(group, member, name="udbud_udkast-3.csv").title == "udbud udkast 3"


def test_the_same_form_sent_twice_is_one_file(group, member, add_file):
    key = uuid.uuid4()
    assert add_file(group, member, key=key) == add_file(group, member, key=key)
    assert (group.resources.count(), Attachment.objects.count()) == (1, 1)


def test_a_link_is_kept_and_not_opened(group, member):
    row = link(group, member, "example.org/report?x=1")
    assert (row.url, row.host, row.file) == ("https://example.org/report?x=1", "example.org", None)


@pytest.mark.parametrize(
    "url",
    ["", "javascript:alert(1)", "JaVaScRiPt://example.org/%0aalert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://example.org/",
     "mailto:a@example.org", "https://example.org@evil.example/", "https://user:pass@example.org/", "http://", "//example.org",
     "https://exa mple.org/", "https://example.org/" + "x" * 500, "not an address", "\N{RIGHT-TO-LEFT OVERRIDE}", "vbscript:x"],
)  # fmt: skip
def test_tc22_only_addresses_of_the_web_are_kept(group, member, url):
    with pytest.raises(ValidationError) as refusal:
        link(group, member, url)
    assert (list(refusal.value.message_dict), group.resources.count()) == (["url"], 0)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://169.254.169.254/latest/", "http://[::1]/", "http://2130706433/"])
def test_tc22_no_address_is_ever_opened(group, member, url, monkeypatch):
    opened = []
    monkeypatch.setattr("socket.create_connection", lambda *given, **named: opened.append(given))
    monkeypatch.setattr("socket.getaddrinfo", lambda *given, **named: opened.append(given) or [])
    try:
        link(group, member, url)
    except ValidationError:
        pass
    assert opened == []


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (HTML, "a.jpg", "file_kind"),
        (SVG, "a.svg", "file_kind"),
        (b"MZ\x90\x00", "setup.pdf", "file_kind"),
        (b"GIF89a/*<svg onload=alert(1)>*/=1;", "a.gif", "file_kind"),
        (archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "a.docx", "file_macros"),
        (huge_png(), "a.png", "pixels"),
    ],
)
def test_tc12_tc13_what_is_refused_leaves_nothing(group, member, add_file, media, content, name, code):
    with pytest.raises(ValidationError) as refusal:
        add_file(group, member, content, name, alt="A lamp")
    assert (refusal.value.code, Resource.objects.count(), Attachment.objects.count()) == (code, 0, 0)
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_a_failure_after_the_file_leaves_no_bytes(group, member, add_file, media, monkeypatch):
    def fail(*given, **named):
        raise RuntimeError("the database is away")

    monkeypatch.setattr(verbs, "_tell_added", fail)
    with pytest.raises(RuntimeError):
        add_file(group, member)
    assert ([path for path in media.rglob("*") if path.is_file()], Resource.objects.count()) == ([], 0)


def test_a_picture_needs_words(group, member, add_file):
    with pytest.raises(ValidationError) as refusal:
        add_file(group, member, picture(), "lamp.jpg")
    assert list(refusal.value.message_dict) == ["alt"]


def test_there_is_an_end_to_files_and_to_room(group, member, add_file, monkeypatch):
    monkeypatch.setattr(verbs, "MOST_RESOURCES", 1)
    add_file(group, member)
    with pytest.raises(WrongState) as refusal:
        link(group, member)
    monkeypatch.setattr(verbs, "MOST_RESOURCES", 10)
    monkeypatch.setattr(verbs, "MOST_BYTES", 12)
    with pytest.raises(WrongState) as no_room:
        add_file(group, member)
    assert (refusal.value.code, no_room.value.code) == ("too_many", "no_room")


# ---- versions


def test_versions_come_one_after_the_other(group, member, take_in, add_file, add_version):
    row, other = add_file(group, member), take_in(group).user
    add_version(row, other, note="Lund added")
    row.refresh_from_db()
    assert (numbers(row), row.current.number, row.changed_by, row.created_by) == ([2, 1], 2, other, member)
    assert sorted(default_storage.open(version.file.file.name).read() for version in row.versions.all()) == [b"2024;3,5\n", b"2025;4,5\n"]


def test_the_same_version_sent_twice_is_one(group, member, add_file, add_version):
    row, key = add_file(group, member), uuid.uuid4()
    assert add_version(row, member, key=key) == add_version(row, member, key=key)
    assert numbers(row) == [2, 1]


def test_a_refused_version_changes_nothing(group, member, add_file, add_version):
    row = add_file(group, member)
    with pytest.raises(ValidationError):
        add_version(row, member, HTML, "a.html")
    row.refresh_from_db()
    assert (numbers(row), row.current.number) == ([1], 1)


def test_a_picture_keeps_its_words_for_the_next_version(group, member, add_file, add_version):
    row = add_file(group, member, picture(), "lamp.jpg", alt="A lamp over a path")
    assert add_version(row, member, picture(size=(50, 50)), "lamp.jpg").file.alt == "A lamp over a path"


def test_a_link_has_no_versions(group, member, add_version):
    with pytest.raises(WrongState) as refusal:
        add_version(link(group, member), member)
    assert refusal.value.code == "link"


def test_there_is_an_end_to_versions(group, member, add_file, add_version, monkeypatch):
    monkeypatch.setattr(verbs, "MOST_VERSIONS", 1)
    with pytest.raises(WrongState) as refusal:
        add_version(add_file(group, member), member)
    assert refusal.value.code == "too_many"


# ---- changing, moving, removing


def test_what_is_said_of_it_is_changed(group, member):
    row = actions.edit_resource(link(group, member), by=member, title="Another name", url="https://example.org/b", audience="everybody")
    assert (row.title, row.url, row.audience, row.revision) == ("Another name", "https://example.org/b", "everybody", 1)
    entry = AuditEntry.objects.get(verb="edit_resource")
    assert entry.changes["title"] == ["A report", "Another name"]


def test_what_is_not_changed_is_not_recorded(group, member):
    row = actions.edit_resource(link(group, member), by=member, title="A report")
    assert (row.revision, AuditEntry.objects.filter(verb="edit_resource").count()) == (0, 0)


def test_who_saves_from_something_older_is_told(group, member):
    row = link(group, member)
    actions.edit_resource(row, by=member, title="First", revision=0)
    with pytest.raises(WrongState) as refusal:
        actions.edit_resource(row, by=member, title="Second", revision=0)
    assert (refusal.value.code, Resource.objects.get().title) == ("changed_meanwhile", "First")


def test_a_removed_file_is_gone_and_comes_back(group, member, add_file):
    row = add_file(group, member)
    actions.remove_resource(row, by=member)
    assert not Resource.objects.visible_to(member).exists() and not FileVersion.objects.visible_to(member).exists()
    actions.restore_resource(row, by=member)
    assert list(Resource.objects.visible_to(member)) == [row]


def test_what_a_moderator_removed_a_moderator_brings_back(group, chair, moderator, add_file):
    row = add_file(group, chair)
    actions.remove_resource(row, by=moderator)
    with pytest.raises(WrongState) as refusal:
        actions.restore_resource(row, by=chair)
    actions.restore_resource(row, by=moderator)
    assert (refusal.value.code, Resource.objects.visible_to(chair).count()) == ("moderated", 1)


def test_a_moderator_removes_from_a_closed_group(group, chair, moderator, add_file):
    row = add_file(group, chair)
    WorkingGroup.objects.update(state=State.ARCHIVED)
    with pytest.raises(WrongState):
        actions.remove_resource(row, by=chair)
    actions.remove_resource(row, by=moderator)
    assert Resource.objects.removed().count() == 1


def test_after_thirty_days_it_goes_for_good(group, member, add_file, media, django_capture_on_commit_callbacks):
    now = timezone.now()
    old, fresh = add_file(group, member), add_file(group, member, title="Fresh")
    actions.remove_resource(old, by=member, now=now - timedelta(days=30, minutes=1))
    actions.remove_resource(fresh, by=member, now=now - timedelta(days=29))
    with django_capture_on_commit_callbacks(execute=True):
        clear_removed_task()
        clear_removed_task()
    assert ([row.title for row in Resource.objects.removed()], Attachment.objects.count()) == (["Fresh"], 1)
    assert len([path for path in media.rglob("*") if path.is_file()]) == 1


# ---- folders


def test_folders_stand_in_folders_and_no_deeper(group, member):
    top = actions.make_folder(group, "Meetings", by=member)
    below = actions.make_folder(group, "2026", by=member, parent=top)
    with pytest.raises(ValidationError) as refusal:
        actions.make_folder(group, "June", by=member, parent=below)
    assert (refusal.value.message_dict.keys(), below.parent) == ({"parent"}, top)


@pytest.mark.parametrize("name", ["meetings", " MEETINGS ", "", "—", "\N{ZERO WIDTH SPACE}"])
def test_a_name_stands_once_beside_another_and_can_be_read_out(group, member, name):
    actions.make_folder(group, "Meetings", by=member)
    with pytest.raises(ValidationError) as refusal:
        actions.make_folder(group, name, by=member)
    assert (list(refusal.value.message_dict), Folder.objects.count()) == (["name"], 1)


def test_a_folder_is_renamed_and_moved_with_what_stands_in_it(group, member):
    top, other = actions.make_folder(group, "Meetings", by=member), actions.make_folder(group, "Old", by=member)
    row = link(group, member, folder=other)
    actions.edit_folder(other, by=member, name="Before 2025", parent=top)
    row.refresh_from_db()
    assert (row.folder.name, row.folder.parent) == ("Before 2025", top)


def test_a_folder_with_folders_does_not_go_below(group, member):
    top, other = actions.make_folder(group, "Meetings", by=member), actions.make_folder(group, "Old", by=member)
    actions.make_folder(group, "2026", by=member, parent=other)
    with pytest.raises(ValidationError) as refusal:
        actions.edit_folder(other, by=member, name="Old", parent=top)
    assert list(refusal.value.message_dict) == ["parent"]


def test_only_an_empty_folder_goes_and_what_was_removed_from_it_moves_up(group, member):
    top = actions.make_folder(group, "Meetings", by=member)
    below = actions.make_folder(group, "2026", by=member, parent=top)
    row = link(group, member, folder=below)
    with pytest.raises(WrongState):
        actions.remove_folder(below, by=member)
    actions.remove_resource(row, by=member)
    actions.remove_folder(below, by=member)
    row.refresh_from_db()
    assert (row.folder, Folder.objects.count()) == (top, 1)


def test_a_folder_of_another_group_takes_nothing(group, member):
    foreign = Folder.objects.create(group=WorkingGroupFactory(), name="Theirs")
    for verb in (lambda: link(group, member, folder=foreign), lambda: actions.make_folder(group, "Mine", by=member, parent=foreign)):
        with pytest.raises(ValidationError):
            verb()
    assert not group.resources.exists() and not group.folders.exists()


def test_moving_leaves_a_trace(group, member):
    row, folder = link(group, member), actions.make_folder(group, "Meetings", by=member)
    actions.move_resource(row, folder, by=member)
    actions.move_resource(row, folder, by=member)
    assert (Resource.objects.get().folder, AuditEntry.objects.filter(verb="move_resource").count()) == (folder, 1)


# ---- the state of the group


def verbs_on(group, member, row, folder, add_file, add_version):
    return {
        "add a file": lambda: add_file(group, member),
        "add a link": lambda: link(group, member),
        "add a version": lambda: add_version(row, member),
        "edit": lambda: actions.edit_resource(row, by=member, title="Other"),
        "move": lambda: actions.move_resource(row, folder, by=member),
        "make a folder": lambda: actions.make_folder(group, "New", by=member),
        "edit a folder": lambda: actions.edit_folder(folder, by=member, name="Other"),
        "remove a folder": lambda: actions.remove_folder(actions.make_folder(group, "Empty", by=member), by=member),
        "remove": lambda: actions.remove_resource(row, by=member),
        "restore": lambda: actions.restore_resource(row, by=member),
    }


@pytest.mark.parametrize("state", STATES)
def test_a_closed_or_hidden_group_is_read_only(group, member, add_file, add_version, state):
    row, folder, done = add_file(group, member), actions.make_folder(group, "Meetings", by=member), {}
    WorkingGroup.objects.update(state=state)
    for name, verb in verbs_on(group, member, row, folder, add_file, add_version).items():
        try:
            done[name] = verb() or True
        except WrongState:
            done[name] = False
    assert {bool(answer) for answer in done.values()} == {state in OPEN}


def test_it_keeps_the_group_alive(group, member):
    WorkingGroup.objects.update(last_activity_at=timezone.now() - timedelta(days=60))
    link(group, member)
    group.refresh_from_db()
    assert group.sign == "alive"


# ---- telling


def test_members_who_listen_read_it_in_the_portal_once_an_hour(group, member, take_in, mailoutbox):
    for news in ("at_once", "digest", "mute"):
        take_in(group, news=news, name=news)
    link(group, member)
    link(group, member)
    assert told("workinggroup.resource_added") == [
        ("workinggroup.resource_added", "at_once", "group_member"), ("workinggroup.resource_added", "digest", "group_member"),
    ]  # fmt: skip
    assert mailoutbox == []


def test_who_worked_on_a_file_hears_of_its_new_version(group, member, take_in, add_file, add_version):
    row, second, third = add_file(group, member), take_in(group, name="Second").user, take_in(group, name="Third").user
    add_version(row, second)
    add_version(row, third)
    assert [name for _kind, name, _reason in told("workinggroup.file_changed")] == ["Member", "Member", "Second"]


def test_whose_file_is_removed_is_told(group, member, chair, add_file):
    actions.remove_resource(add_file(group, member), by=chair)
    assert [name for _kind, name, _reason in told("workinggroup.resource_removed")] == ["Member"]


# ---- who reads what: the rule and the queryset say the same

PARTS = ("nobody", "stranger", "colleague", "owner", "suspended", "member", "observer", "chair", "moderator")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("visibility", ["public", "members", "private"])
def test_rule_and_queryset_agree(group, part, visibility, request):
    person = request.getfixturevalue(part)
    for state in State:
        other = WorkingGroupFactory(state=state, visibility=visibility, joining="invitation")
        if part in ("member", "observer", "chair"):
            GroupMembershipFactory(group=other, user=person, role=part)
        for audience in ("members", "everybody"):
            ResourceFactory(group=other, audience=audience)
        ResourceFactory(group=other, audience="everybody", removed_at=timezone.now())
    rows = list(Resource.objects.select_related("group"))
    by_queryset = {row.pk for row in Resource.objects.visible_to(person)}
    assert by_queryset == {row.pk for row in rows if person.has_perm("workinggroups.see_resource", row)}
    assert bool(by_queryset) == (part in ("member", "observer", "chair", "moderator") or visibility == "public" or (
        visibility == "members" and part not in ("nobody", "suspended")))  # fmt: skip


def test_a_private_groups_members_only(group):
    outsider = UserFactory()
    WorkingGroup.objects.update(visibility="private", joining="invitation")
    ResourceFactory(group=group, audience="everybody")
    assert not Resource.objects.visible_to(outsider).exists()

"""Files of a project through its form: what is taken, what is refused, what is left behind."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from records.models import Attachment
from tests.factories import ProjectFactory
from tests.support.forms import open_form, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture
def draft(organisation):
    return ProjectFactory(organisation=organisation, state="draft", text__title="Lamps")


@pytest.fixture
def at_work(client, editor):
    client.force_login(editor)
    client.raise_request_exception = False
    return client


def picture(kind="PNG", size=(40, 30)):
    target = io.BytesIO()
    Image.new("RGB", size, "teal").save(target, kind)
    return target.getvalue()


def add(client, draft, content, name, **words):
    upload = SimpleUploadedFile(name, content)
    return send(client, f"/en/projects/{draft.slug}/edit/story/", new_file=upload, then=None, do="upload", **words)


def left_behind(media):
    return [path for path in Path(media).rglob("*") if path.is_file()]


def test_a_picture_is_added_with_what_it_shows(at_work, draft):
    response = add(at_work, draft, picture(), "path.png", new_alt="A path at night", new_title="Night")
    assert response.url == f"/en/projects/{draft.slug}/edit/story/#files"
    assert [(one.name, one.alt, one.title) for one in draft.attachments.all()] == [("path.png", "A path at night", "Night")]


def test_a_picture_without_words_is_refused_at_its_field(at_work, draft, media):
    response = add(at_work, draft, picture(), "path.png", story="A **story** that is not lost")
    assert ("id_new_alt", "path.png", "Describe the picture for people who do not see it.") in response.context["page"].errors
    assert (left_behind(media), draft.texts.get().story) == ([], "A **story** that is not lost")


def test_files_change_places_words_and_go(at_work, draft, media):
    for name in ("one.png", "two.png"):
        add(at_work, draft, picture(), name, new_alt=name)
    first, second = draft.attachments.all()
    address = f"/en/projects/{draft.slug}/edit/story/"
    send(at_work, address, do=f"up:{second.uuid}", **{f"file-{first.uuid}-alt": "Another"})
    assert [one.alt for one in draft.attachments.all()] == ["two.png", "Another"]
    send(at_work, address, do=f"remove:{second.uuid}")
    assert [one.name for one in draft.attachments.all()] == ["one.png"]


@pytest.mark.parametrize("do", ["remove", "up", "down"])
def test_tc21_files_of_another_project_are_not_reached(at_work, draft, do):
    other = ProjectFactory(text__title="Other")
    stranger = Attachment.objects.create(target=other, kind="picture", name="a.png", content_type="image/png", size=1, alt="Theirs")
    address = f"/en/projects/{draft.slug}/edit/story/"
    send(at_work, address, do=f"{do}:{stranger.uuid}", **{f"file-{stranger.uuid}-alt": "Mine"})
    stranger.refresh_from_db()
    assert (stranger.alt, stranger.target) == ("Theirs", other)


# ---- TC-12


def test_tc12_ten_gigabytes_are_refused_by_their_length_alone(at_work, draft):
    class Unread(io.BytesIO):
        def read(self, *_args):
            raise AssertionError("the body was read")

    response = at_work.generic("POST", f"/en/projects/{draft.slug}/edit/story/", b"", content_type="multipart/form-data; boundary=x",
                               CONTENT_LENGTH=10 * 1024**3, **{"wsgi.input": Unread()})  # fmt: skip
    assert (response.status_code, response["X-Content-Type-Options"]) == (413, "nosniff")


def zip_bomb():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * (310 * 1024 * 1024))
    return target.getvalue()


def pixel_bomb():
    """A PNG that says it has 40,000 × 40,000 pixels."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def gif_of_frames(frames=10_000):
    head = b"GIF89a\x10\x00\x10\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"
    return (
        head
        + (b"\x21\xf9\x04\x00\x01\x00\x00\x00\x2c\x00\x00\x00\x00\x10\x00\x10\x00\x00\x02\x0e" + b"\x8c" * 14 + b"\x00") * frames
        + b";"
    )


@pytest.mark.parametrize(("make", "name"), [(zip_bomb, "report.docx"), (pixel_bomb, "map.png"), (gif_of_frames, "film.gif")])
def test_tc12_bombs_are_refused_in_words_and_leave_nothing(at_work, draft, media, make, name):
    response = add(at_work, draft, make(), name, new_alt="What it shows")
    wrong = response.context["page"].errors
    assert (response.status_code, len(wrong), draft.attachments.count(), left_behind(media)) == (200, 1, 0, [])


def test_tc12_a_document_above_the_limit_is_refused(at_work, draft, media):
    response = add(at_work, draft, b"%PDF-1.7\n" + b"0" * (20 * 1024 * 1024), "long.pdf")
    assert (response.status_code, len(response.context["page"].errors), left_behind(media)) == (200, 1, [])


# ---- TC-13


ACTIVE = {
    "svg with script": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "map.svg"),
    "html as jpg": (b"<html><script>alert(1)</script></html>", "photo.jpg"),
    "gif and javascript": (b"GIF89a/*\x00\x00\x00*/=1;alert(1)//", "a.gif"),
    "program": (b"MZ\x90\x00" + b"\0" * 100, "setup.exe"),
    "html as text": (b"  <!doctype html><script>alert(1)</script>", "notes.txt"),
}


@pytest.mark.parametrize("case", ACTIVE)
def test_tc13_active_content_is_refused(at_work, draft, media, case):
    response = add(at_work, draft, *ACTIVE[case], new_alt="x")
    assert (response.status_code, draft.attachments.count(), left_behind(media)) == (200, 0, [])


def test_tc13_a_pdf_with_javascript_is_a_download_that_runs_nothing(at_work, draft):
    add(at_work, draft, b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj", "form.pdf")
    response = at_work.get(draft.attachments.get().get_absolute_url())
    assert response["Content-Disposition"].startswith("attachment")
    assert ("sandbox" in response["Content-Security-Policy"], response["X-Content-Type-Options"]) == (True, "nosniff")


@pytest.mark.parametrize("name", ["../../etc/passwd.png", "a\x00b.png", "..\\..\\x.png", "x" * 400 + ".png", "‮gnp.exe", ".png"])
def test_tc13_names_go_nowhere(at_work, draft, media, name):
    add(at_work, draft, picture(), name, new_alt="A path")
    kept = draft.attachments.first()
    inside = [path.relative_to(media).parts[0] for path in left_behind(media)]
    assert set(inside) <= {"attachments"}
    assert kept is None or ("/" not in kept.name and at_work.get(kept.get_absolute_url()).status_code == 200)


def test_a_polyglot_picture_is_encoded_anew(at_work, draft, media):
    add(at_work, draft, picture("JPEG") + b"<script>alert(1)</script>", "a.jpg", new_alt="A path")
    assert not any(b"<script>" in path.read_bytes() for path in left_behind(media))


def test_one_who_may_not_write_adds_nothing(client, colleague, draft):
    opened = {"new_alt": "x"}
    client.force_login(colleague)
    response = client.post(f"/en/projects/{draft.slug}/edit/story/", {**opened, "new_file": SimpleUploadedFile("a.png", picture())})
    assert (response.status_code, draft.attachments.count()) == (403, 0)


def test_the_page_of_files_sends_along_what_stands_there(at_work, draft):
    add(at_work, draft, picture(), "a.png", new_alt="A path")
    uuid = draft.attachments.get().uuid
    assert open_form(at_work, f"/en/projects/{draft.slug}/edit/story/")[f"file-{uuid}-alt"] == ["A path"]

"""Files: what is taken, what is refused, what is kept of them, and who gets them. TC-12 and TC-13 of the case list."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from records.actions import add_attachment, remove_attachment
from records.files import described, recognise
from records.models import Attachment, AuditEntry
from tests.factories import ProjectFactory

pytestmark = pytest.mark.django_db

HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Files of a test lie in a folder of its own."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def picture(kind="JPEG", size=(40, 30), **options):
    target = io.BytesIO()
    Image.new("RGB", size, "red").save(target, kind, **options)
    return target.getvalue()


def archive(*names, **contents):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, contents.get(name, "x"))
    return target.getvalue()


def open_document(kind):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
    return target.getvalue()


def spoilt_archive():
    """An archive whose first entry is packed, and does not unpack."""
    content = bytearray(archive("mimetype"))
    place = content.index(b"mimetype") + len(b"mimetype")
    content[place : place + 2] = b"\xff\xff"
    return bytes(content)


def unreadable_name():
    """An archive that calls a name UTF-8 which is none."""
    return archive("wörd/x").replace("wörd".encode(), b"w\xff\xffrd")


def huge_png(side=40_000):
    """The header of a picture of 1.6 thousand million pixels, in 60 bytes."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\x00" * 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def add(content, name, **fields):
    return add_attachment(ProjectFactory(), ContentFile(content, name=name), by=None, **fields)


@pytest.mark.parametrize(
    ("content", "name", "extension"),
    [
        (b"%PDF-1.7 x", "report.exe", "pdf"),
        (archive("[Content_Types].xml", "word/document.xml"), "a.docx", "docx"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "a.zip", "xlsx"),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), "a", "pptx"),
        (open_document("text"), "a.odt", "odt"),
        (open_document("spreadsheet"), "a.ods", "ods"),
        ("år;værdi\n2024;3,5\n".encode("latin-1"), "data.CSV", "csv"),
        (b"plain words", "notes.txt", "txt"),
        (picture("PNG"), "a.jpg", "png"),
        (picture("JPEG"), "a.png", "jpg"),
        (picture("WEBP"), "a.webp", "webp"),
    ],
)
def test_a_file_is_what_its_content_says(content, name, extension):
    assert recognise(io.BytesIO(content), name).extension == extension


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (HTML, "photo.jpg", "file_kind"),
        (HTML, "notes.txt", "file_kind"),
        (SVG, "drawing.svg", "file_kind"),
        (SVG, "data.csv", "file_kind"),
        (b"GIF89a/*" + b"x" * 40 + b"*/=1;alert(1)", "a.gif", "file_kind"),
        (b"MZ\x90\x00", "a.pdf", "file_kind"),
        (b"\x00\x01 words", "a.txt", "file_kind"),
        (b"", "a.pdf", "file_kind"),
        (archive("run.sh"), "a.docx", "file_kind"),
        (b"PK\x03\x04 broken", "a.docx", "file_kind"),
        (spoilt_archive(), "a.odt", "file_kind"),
        (archive("mimetype").replace(b"mimetype", b"mimetyp\xff"), "a.odt", "file_kind"),
        (unreadable_name(), "a.docx", "file_kind"),
        (archive("[Content_Types].xml", "word/vbaProject.bin"), "a.docx", "file_macros"),
        (archive(*(f"word/{number}" for number in range(5_001))), "a.docx", "file_bomb"),
        (huge_png(), "a.png", "pixels"),
        (picture("JPEG")[:200], "a.jpg", "picture"),
    ],
)
def test_what_is_refused_leaves_nothing(content, name, code, media):
    with pytest.raises(ValidationError) as refused:
        add(content, name, alt="x")
    assert (refused.value.code, Attachment.objects.count(), [path for path in media.rglob("*") if path.is_file()]) == (code, 0, [])


def test_an_archive_that_grows_huge_is_refused_by_its_list():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("word/document.xml", "w", force_zip64=True) as entry:
        for _ in range(301):
            entry.write(bytes(1024 * 1024))
    assert len(content.getvalue()) < 400_000
    with pytest.raises(ValidationError) as refused:
        recognise(content, "a.docx")
    assert refused.value.code == "file_bomb"


@pytest.mark.parametrize(("content", "name"), [(b"%PDF-1.7", "a.pdf"), (picture(), "a.jpg")])
def test_fifty_megabytes_are_refused_before_they_are_read(content, name):
    file = ContentFile(content, name=name)
    file.size = 50 * 1024 * 1024
    with pytest.raises(ValidationError) as refused:
        add_attachment(ProjectFactory(), file, by=None, alt="x")
    assert refused.value.code == "file_size"


def test_a_picture_needs_words_for_those_who_do_not_see_it():
    with pytest.raises(ValidationError) as refused:
        add(picture(), "a.jpg")
    assert list(refused.value.message_dict) == ["alt"]


@pytest.mark.parametrize(
    ("sense", "nonsense"), [(b"\x01\x0f\x00\x02", b"\x01\x0f\x00\x05"), (b"\x00\x02\x00\x05", b"\x00\x02\x00\x02")], ids=["maker", "place"]
)
def test_a_camera_that_writes_nonsense_takes_good_pictures(sense, nonsense):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x8825] = 6, "Maker", {1: "N", 2: (55.0, 40.0, 0.0)}
    content = picture(exif=exif)
    assert sense in content
    attachment = add(content.replace(sense, nonsense), "a.jpg", alt="A lamp")
    assert (attachment.width, attachment.height) == (30, 40)


def test_what_a_camera_writes_is_taken_out():
    exif = Image.Exif()
    exif[0x010F], exif[0x8825] = "CameraMaker", {1: "N", 2: (55.0, 40.0, 0.0)}
    attachment = add(picture(exif=exif, comment=b"at home"), "a.jpg", alt="A lamp")
    kept = attachment.file.read()
    assert [word in kept for word in (b"CameraMaker", b"at home", b"Exif")] == [False, False, False]


def test_a_picture_taken_upright_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    attachment = add(picture(size=(40, 30), exif=exif), "a.jpg", alt="A lamp")
    assert (attachment.width, attachment.height) == (30, 40)


def test_a_large_picture_is_made_smaller_and_has_a_small_copy():
    attachment = add(picture(size=(3000, 1500)), "a.jpg", alt="A lamp")
    small = Image.open(default_storage.open(attachment.small_name))
    assert ((attachment.width, attachment.height), small.size) == ((2400, 1200), (960, 480))


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd.pdf"), ("C:\\temp\\Årsrapport 2024.pdf", "Årsrapport-2024.pdf"), ("a\u202egpj.pdf", "agpj.pdf"),
     ("....", "file.pdf"), ("<b>.pdf", "b.pdf"), ("x" * 500 + ".pdf", "x" * 120 + ".pdf")],
)  # fmt: skip
def test_names_are_made_harmless_and_files_stored_under_random_ones(given, kept):
    attachment = add(b"%PDF-1.7", "a.pdf")
    attachment.delete()
    attachment = add_attachment(ProjectFactory(), ContentFile(b"%PDF-1.7", name="a.pdf"), by=None, name=given)
    assert (attachment.name, attachment.file.name) == (kept, f"attachments/{attachment.uuid.hex[:2]}/{attachment.uuid}")


def test_who_added_and_took_away_is_recorded(owner, django_capture_on_commit_callbacks):
    attachment = add_attachment(ProjectFactory(), ContentFile(b"%PDF-1.7", name="a.pdf"), by=owner)
    stored = attachment.file.name
    with django_capture_on_commit_callbacks(execute=True):
        remove_attachment(attachment, by=owner)
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", "by")) == [("attach", owner.pk), ("detach", owner.pk)]
    assert default_storage.exists(stored) is False


def test_a_document_says_what_it_is():
    assert described(add(b"%PDF-1.7" + b"x" * 2048, "a.pdf", language="da")) == "PDF, 2.0\xa0KB, Danish"


# ---- at its address


def test_a_document_is_a_download_that_runs_nothing(client):
    response = client.get(add(b"%PDF-1.7", "Rapport.pdf").get_absolute_url())
    headers = ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy")
    assert [response[name] for name in headers] == [
        "application/pdf", 'attachment; filename="Rapport.pdf"', "nosniff", "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    ]  # fmt: skip
    assert response.getvalue() == b"%PDF-1.7"


def test_a_picture_stands_in_the_page(client):
    attachment = add(picture(size=(1200, 600)), "a.jpg", alt="A lamp")
    sizes = [Image.open(io.BytesIO(client.get(attachment.get_absolute_url() + query).getvalue())).size for query in ("", "?size=small")]
    assert sizes == [(1200, 600), (960, 480)]
    assert client.get(attachment.get_absolute_url())["Content-Disposition"] == 'inline; filename="a.jpg"'


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "withdrawn", "hidden"])
def test_the_file_of_what_one_may_not_see_is_not_there(client, owner, organisation, state):
    project = ProjectFactory(organisation=organisation, state=state)
    address = add_attachment(project, ContentFile(b"%PDF-1.7", name="a.pdf"), by=owner).get_absolute_url()
    visitor = client.get(address).status_code
    client.force_login(owner)
    assert (visitor, client.get(address).status_code) == (404, 200)


def test_the_name_belongs_to_the_address(client):
    attachment = add(b"%PDF-1.7", "a.pdf")
    assert client.get(f"/files/{attachment.uuid}/b.pdf").status_code == 404


def test_a_file_that_is_lost_is_404(client):
    attachment = add(b"%PDF-1.7", "a.pdf")
    default_storage.delete(attachment.file.name)
    assert client.get(attachment.get_absolute_url()).status_code == 404


def test_the_file_of_a_noun_without_rules_is_not_there(client, owner):
    attachment = add_attachment(owner, ContentFile(b"%PDF-1.7", name="a.pdf"), by=owner)
    assert client.get(attachment.get_absolute_url()).status_code == 404


def test_behind_the_proxy_the_proxy_sends_it(client, settings):
    attachment = add(b"%PDF-1.7", "a.pdf")
    settings.FILES_BEHIND_PROXY = True
    response = client.get(attachment.get_absolute_url())
    assert (response["X-Accel-Redirect"], response.content) == (f"/protected-files/{attachment.file.name}", b"")


def test_the_page_shows_pictures_and_documents(client):
    project = ProjectFactory()
    for content, name in ((picture(), "a.jpg"), (picture(), "b.jpg"), (b"%PDF-1.7", "c.pdf")):
        add_attachment(project, ContentFile(content, name=name), by=None, alt="A lamp", title=name)
    page = client.get(project.get_absolute_url()).content.decode()
    assert [page.count(mark) for mark in ('class="cover cover--photo', 'class="gallery"', "c.pdf</a>", 'alt="A lamp"')] == [1, 1, 1, 2]

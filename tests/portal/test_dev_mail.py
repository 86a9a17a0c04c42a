import pytest
from django.core.mail import EmailMultiAlternatives, send_mail

from portal import mail_files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "portal.mail_files.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")


def send(subject="Blågård og Åen", html="<p>Hej <b>Æ</b></p><script>alert(1)</script>"):
    message = EmailMultiAlternatives(subject, "Hej\nhttps://example.org/", "portal@example.org", ["a@example.org"])
    message.attach_alternative(html, "text/html")
    message.send()
    return mail_files.newest()[0].name


def test_without_mails_the_list_says_so(client):
    assert "No mail has been sent yet" in client.get("/dev/mail/").content.decode()


def test_the_list_shows_subject_and_recipient(client):
    send()
    page = client.get("/dev/mail/").content.decode()
    assert "Blågård og Åen" in page
    assert "a@example.org" in page


def test_each_mail_is_one_file(client):
    send_mail("One", "1", None, ["a@example.org", "b@example.org"])
    send_mail("Two", "2", None, ["a@example.org"])
    assert sorted(mail.subject for mail in mail_files.newest()) == ["One", "Two"]


def test_a_mail_shows_its_text_with_links(client):
    page = client.get(f"/dev/mail/{send()}/").content.decode()
    assert '<a href="https://example.org/"' in page


def test_the_html_part_stands_alone_under_its_own_policy(client):
    response = client.get(f"/dev/mail/{send()}/html/")
    expected = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox"
    assert response.headers["Content-Security-Policy"] == expected
    assert response.content.decode().strip() == "<p>Hej <b>Æ</b></p><script>alert(1)</script>"


def test_a_subject_with_markup_is_text(client):
    send(subject="<script>alert(1)</script>")
    assert "<script>alert(1)" not in client.get("/dev/mail/").content.decode()


@pytest.mark.parametrize("name", ["nothing", "20260101-000000-deadbeef"])
def test_an_unknown_mail_is_404(client, name):
    assert client.get(f"/dev/mail/{name}/", follow=True).status_code == 404


def test_development_pages_exist_in_development_only(settings):
    from portal.settings import base

    assert base.DEV_PAGES is False

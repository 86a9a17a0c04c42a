"""/dev/mail/: the mails of development, as their readers would see them."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from portal import mail_files

# A mail's HTML is not ours to trust: nothing runs, nothing is fetched, and it has no origin.
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox"


def mail_list(request):
    return render(request, "dev/mail_list.html", {"mails": mail_files.newest()})


def mail_detail(request, name):
    mail = found(name)
    return render(request, "dev/mail_detail.html", {"mail": mail, "plain": mail.part("plain"), "html": mail.part("html")})


def mail_html(request, name):
    """The HTML part by itself, under a policy of its own."""
    response = HttpResponse(found(name).part("html"))
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    return response


def found(name):
    mail = mail_files.find(name)
    if mail is None:
        raise Http404("No such mail.")
    return mail

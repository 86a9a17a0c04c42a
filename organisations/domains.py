"""Mail domains: what an address tells about where somebody works.

An address belongs to the longest listed domain that it equals or lies below: `anna@it.koege.dk` counts for `koege.dk`, and for
`it.koege.dk` where another organisation has that. Names are compared in ASCII (IDNA) and lower case. A free-mail domain and what
lies below it never counts, whoever lists it.
"""

import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.text import clean_text

FREE_MAIL = Path(__file__).parent / "reference" / "free_mail_domains.txt"
LONGEST = 253
_NAME = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


@cache
def free_mail_domains():
    """The names in the shipped list."""
    lines = FREE_MAIL.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def domain_of(address):
    """The domain of an e-mail address as it is compared; "" for what is no address or cannot be written in ASCII."""
    return _ascii(address.rpartition("@")[2]) if "@" in address else ""


def with_parents(domain):
    """The domain and those above it, the longest first, without the last label: `it.koege.dk` → `it.koege.dk`, `koege.dk`."""
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


def is_free_mail(domain):
    """Whether mailboxes there are given to anybody."""
    return not free_mail_domains().isdisjoint(with_parents(domain))


def names_that_count(addresses):
    """Every name under which a listed domain would know one of these e-mail addresses, free mail left out."""
    domains = {domain for address in addresses if (domain := domain_of(address)) and not is_free_mail(domain)}
    return {name for domain in domains for name in with_parents(domain)}


def owners_of_addresses(addresses, listed):
    """Of `{domain: whoever has it}` those who have the longest domain that counts for one of the addresses, as a set."""
    found = set()
    for address in addresses:
        domain = domain_of(address)
        names = [] if is_free_mail(domain) else [name for name in with_parents(domain) if name in listed]
        found.update(listed[name] for name in names[:1])
    return found


def clean_domain(text):
    """`www.Koege.dk/`, `@koege.dk` or an address typed for a domain → `koege.dk`. Raises `ValidationError` in words."""
    text = clean_text(text, single_line=True, fold_forms=True).rpartition("@")[2]
    host = _host(text if "://" in text else f"//{text}")
    name = _ascii(host).removeprefix("www.")
    if not _NAME.fullmatch(name):
        raise ValidationError(_("Write a domain such as koege.dk: what stands behind the @ of your work addresses."), code="invalid")
    if is_free_mail(name):
        message = _("Anybody can have an address in %(domain)s. Give a domain that is your organisation's own.")
        raise ValidationError(message % {"domain": name}, code="free_mail")
    return name


def _host(url):
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # brackets that are no address
        return ""


def _ascii(name):
    try:
        return name.strip().strip(".").lower().encode("idna").decode("ascii")[:LONGEST]
    except UnicodeError:
        return ""

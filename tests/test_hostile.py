"""Every address against hostile parameters, paths, cookies, headers and methods: a clear answer, never an error page of ours.

The addresses are those of the URLconf; a new one is tried without an entry here, unless it is a regular expression.
"""

import re
from urllib.parse import quote, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern

from tests.factories import ProjectFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_version]

ZERO = "00000000-0000-0000-0000-000000000000"
#: What stands for a converter: something that could exist, and what must not break anything.
SLUGS = ("energy", "koge", "demo", "x" * 300, "-", "__class__", "-1")
SAMPLES = {
    "slug": SLUGS,
    "int": ("1", "0", "9" * 30),
    "uuid": (ZERO,),
    "str": ("a.pdf", "%00", "a%00b.pdf", "%ED%A0%80", "%E2%80%AE.pdf", "..%5c..%5cetc", "a" * 3000),
    "path": ("a", "%00"),
}
#: Addresses that Django, Wagtail and allauth write as regular expressions, and what is tried there.
REGEX_SAMPLES = {
    r"^(\d+)/(.*)$": ("1/a.pdf", "1/%00", "9999999999999999999999/a"),
    r"^confirm-email/(?P<key>[-:\w]+)/$": ("confirm-email/MQ:1t:x/", "confirm-email/-/"),
    r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": (
        "password/reset/key/1-set-password/",
        "password/reset/key/zzzzzzzzzzzzzzzzzzzz-%00/",
    ),
    r"((?:[\w\-]+/)*)$": ("", "about/", "%E2%80%AE/", "%00/", "a/" * 200, "%F0%9F%98%80/", "a%0d%0aSet-Cookie:b=c/"),
}
STAFF = "cms/"  # tried as a whole below: Wagtail's own addresses lead everybody else to the sign-in

TEXTS = {
    "nul": "%00",
    "nul inside": "a%00b",
    "right to left": "%E2%80%AEgnp.exe",
    "zero width": "%E2%80%8B",
    "lone surrogate": "%ED%A0%80",
    "no UTF-8": "%FF%FE",
    "10 kB": "x" * 10_000,
    "combining marks": "e" + "%CC%81" * 2_000,
    "emoji": "%F0%9F%98%80",
    "markup": '"><script>alert(1)</script>',
    "template": "{{ 41|add:1 }}{% debug %}",
    "format": "%25s%25(x)s{0}{x}%25n",
    "operators": ":*%26|!()<->'\\",
    "quotes": '"-"" -"a -',
    "look-up": "id__gt",
    "column": "password",
    "address": "//evil.example",
    "number": "-1",
    "huge number": "1000000000",
    "digits": "9" * 5_000,
    "other digits": "%D9%A3",
    "superscript": "%C2%B2",
    "not a number": "nan,nan,nan,nan",
    "infinity": "1e999,1,2,3",
    "json": '[{"$ne":null}]',
}
NAMES = (
    "q", "sort", "theme", "municipality", "region", "country", "phase", "kind", "organisation", "tag", "type", "more", "bbox",
    "zoom", "language", "of", "size", "state", "p", "letter", "v", "next", "kind[]", "id__gt", "organisation__name",
)  # fmt: skip
FINE = {200, 301, 302, 400, 403, 404, 405}
MOST_QUERIES = 12


def patterns(found, before="/"):
    for one in found:
        part = "en/" if isinstance(one.pattern, LocalePrefixPattern) else one.pattern
        if isinstance(one, URLPattern):
            yield before, one
        elif str(part) != STAFF:
            yield from patterns(one.url_patterns, before + str(part))


def paths(before, one):
    """The addresses to try for one pattern."""
    if isinstance(one.pattern, RegexPattern):
        written = str(one.pattern)
        known = next((samples for end, samples in REGEX_SAMPLES.items() if written.endswith(end)), None)
        if known is None and "(?P<path>" in written:  # files of development
            known = ("%00", "../../etc/passwd")
        assert known is not None, f"Say in REGEX_SAMPLES what to try for {before}{written}"
        return [before + sample for sample in known]
    route = str(one.pattern)
    converters = re.findall(r"<(\w+):\w+>", route)
    longest = max([len(SAMPLES[name]) for name in converters], default=1)
    return [before + with_samples(route, number) for number in range(longest)]


def with_samples(route, number):
    return re.sub(r"<(\w+):\w+>", lambda found: SAMPLES[found.group(1)][number % len(SAMPLES[found.group(1)])], route)


ADDRESSES = dict.fromkeys(path for before, one in patterns(get_resolver().url_patterns) for path in paths(before, one))
PLAIN = sorted({paths(before, one)[0] for before, one in patterns(get_resolver().url_patterns)})
LISTS = ["/en/projects/", "/en/projects/map/", "/en/projects/map/data/", "/en/organisations/", "/en/search/", "/en/projects/feed/"]


@pytest.fixture
def hostile(client):
    """A client that answers 500 as a visitor would see it, and a function that says what is wrong with an answer."""
    client.raise_request_exception = False

    def ask(address, method="get", **extra):
        response = getattr(client, method)(address, **extra)
        body = response.getvalue() if hasattr(response, "getvalue") else response.content
        where = urlsplit(response.headers.get("Location", ""))
        wrong = [response.status_code] if response.status_code not in FINE else []
        wrong += [where.geturl()] if where.netloc else []
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        wrong += ["script"] if is_page and b"<script>alert" in body else []
        return [(method, address[:120], *wrong)] if wrong else []

    return ask


def test_hostile_paths(hostile):
    assert [wrong for path in ADDRESSES for wrong in hostile(path)] == []


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_parameters(hostile, text):
    query = "&".join(f"{name}={TEXTS[text]}" for name in NAMES)
    assert [wrong for path in PLAIN for wrong in hostile(f"{path}?{query}")] == []


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("name", ["page", "more", "bbox", "zoom"])
def test_hostile_pages(hostile, path, name):
    assert [wrong for text in TEXTS.values() for wrong in hostile(f"{path}?{name}={text}")] == []


@pytest.mark.parametrize("method", ["head", "options", "post", "put", "patch", "delete", "trace"])
def test_methods(hostile, method):
    assert [wrong for path in PLAIN for wrong in hostile(path, method)] == []


def test_forms_with_hostile_fields(hostile):
    fields = ("login", "password", "email", "password1", "password2", "next", "code", "reason", "action", "id", "oldpassword", "name")
    bodies = [dict.fromkeys(fields, text) for text in ("\x00", "a\x00b", "\u202e", "x" * 20_000, "\U0001f600")]
    assert [wrong for path in PLAIN for body in bodies for wrong in hostile(path, "post", data=body)] == []


COOKIES = {
    "nul in the session": 'sessionid="aaaaaaaaaa\\000aaaaaaaaaa"',
    "nul in the token": 'csrftoken="\\000"; messages="\\000"; django_language="\\000"',
    "octets": "sessionid=\xff\xfe; messages=\xff",
    "long": f"sessionid={'a' * 4000}; messages={'a:' * 1000}",
    "markup": "messages=<script>; sessionid='; DROP TABLE",
}


@pytest.mark.parametrize("cookie", COOKIES)
def test_hostile_cookies(hostile, cookie):
    addresses = ["/", "/en/", "/en/projects/", "/en/accounts/login/", "/cms/", "/nowhere/", "/sitemap.xml"]
    assert [wrong for path in addresses for wrong in hostile(path, HTTP_COOKIE=COOKIES[cookie])] == []


HEADERS = {
    "language": {"HTTP_ACCEPT_LANGUAGE": "-,;q=nan,../..,en-" + "a-" * 3000},
    "languages": {"HTTP_ACCEPT_LANGUAGE": "da," * 3000},
    "kind": {"HTTP_ACCEPT": "\xff;q=x", "HTTP_ACCEPT_ENCODING": "gzip;q=nan"},
    "since": {"HTTP_IF_MODIFIED_SINCE": "yesterday \xff", "HTTP_IF_NONE_MATCH": 'W/"'},
    "part": {"HTTP_RANGE": "bytes=-99999999999999,5-1"},
    "htmx": {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "//evil.example/\xff", "HTTP_HX_TARGET": "<script>"},
    "id": {"HTTP_X_REQUEST_ID": "a\r\nSet-Cookie: b=c"},
    "forwarded": {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_FORWARDED_PROTO": "javascript", "HTTP_FORWARDED": "host=evil.example"},
}


@pytest.mark.parametrize("header", HEADERS)
def test_hostile_headers(hostile, header):
    assert [wrong for path in [*LISTS, "/", "/en/", "/theme.css", "/sitemap.xml"] for wrong in hostile(path, **HEADERS[header])] == []


@pytest.mark.parametrize("host", ["evil.example", "localhost@evil.example", "[::1", "", "a b", "localhost/evil", "localhost\x00"])
@pytest.mark.parametrize("path", ["/en/", "/en/projects/feed/", "/sitemap.xml", "/en/accounts/password/reset/", "/cms/"])
def test_other_hosts_are_refused(client, host, path):
    assert client.get(path, HTTP_HOST=host).status_code == 400


def test_forwarded_hosts_are_not_believed(client):
    answer = client.get("/en/projects/feed/", headers={"X-Forwarded-Host": "evil.example"})
    assert b"evil.example" not in answer.content


# ---- one parameter many times, and much of it

REPEATED = {
    "500 words": "&".join(f"q=word{number}" for number in range(500)),
    "500 themes": "&".join(f"theme=t{number}" for number in range(500)),
    "40 of each": "&".join(f"{name}=x{number}" for name in NAMES[2:11] for number in range(40)),
    "a megabyte": "q=" + "y " * 500_000,
    "every filter": "theme=energy&municipality=koge&country=DK&phase=idea&kind=pilot&organisation=x&tag=y&region=z&q=sun+-moon",
}


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("kind", REPEATED)
def test_no_question_costs_more_queries(client, path, kind):
    ProjectFactory()
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        status = client.get(f"{path}?{REPEATED[kind].replace(' ', '%20')}").status_code
    assert (status in (200, 400), len(seen) <= MOST_QUERIES) == (True, True)


def test_unknown_sorts_and_look_ups_change_nothing(client):
    for _ in range(3):
        ProjectFactory()
    plain = [card.pk for card in client.get("/en/projects/").context["page_obj"]]
    for query in ("sort=password", "sort=-pk", "sort=organisation__name", "id__gt=99", "organisation__isnull=1", "page_size=1"):
        assert [card.pk for card in client.get(f"/en/projects/?{query}").context["page_obj"]] == plain, query


TYPED = ['"><script>alert(1)</script>', "{{ 41|add:1 }}", "%s %(x)s {0}", "a' OR 1=1 --", "<b>å & ø</b>"]


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("path", ["/en/projects/", "/en/projects/map/", "/en/organisations/", "/en/search/"])
def test_what_was_typed_stands_in_the_box_as_it_was(client, path, typed):
    from bs4 import BeautifulSoup

    page = BeautifulSoup(client.get(f"{path}?q={quote(typed)}").content, "html.parser")
    assert typed in {box.get("value") for box in page.select('input[name="q"]')}


# ---- the administration


@pytest.mark.parametrize("query", ["q=%00", "p=-1&page=999999999999&ordering=password", "q=%ED%A0%80&locale=%00", "state=%00&p=%00"])
def test_the_administrations_own_lists(hostile, client, moderator, query):
    moderator.is_superuser = True
    moderator.save()
    client.force_login(moderator)
    lists = ("", "pages/", "projects/", "organisations/", "tags/", "users/", "images/", "snippets/editorial/text/", "reports/site-history/",
             "snippets/digests/issue/", "pin_project/", "pin_workinggroup/results/")  # fmt: skip
    assert [wrong for path in lists for wrong in hostile(f"/cms/{path}?{query}")] == []

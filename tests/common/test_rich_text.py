import pytest

from common.rich_text import HIT_END, HIT_START, highlight, render_story, sanitise


def test_headings_begin_below_the_pages_own_and_leave_no_level_out():
    assert render_story("## One\n\n##### Deep\n\n# Two") == "<h3>One</h3>\n<h4>Deep</h4>\n<h3>Two</h3>\n"


def test_links_vouch_for_nothing():
    assert render_story("[x](https://a.example/)") == '<p><a href="https://a.example/" rel="nofollow ugc noopener">x</a></p>\n'


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<b>)",
        "![x](https://tracker.example/p.png)",
        "<a href='https://a.example' onclick=alert(1)>x</a>",
        "<svg/onload=alert(1)>",
        "[x](vbscript:msgbox)",
    ],
)
def test_nothing_of_a_members_text_runs_or_loads(text):
    rendered = render_story(text)
    assert not any(sign in rendered for sign in ("<script", "<img", "<svg", 'href="javascript', 'href="data', 'href="vb', "<a onclick"))


def test_a_long_story_is_drawn_in_time():
    assert render_story("word " * 60_000).startswith("<p>word")


def test_html_of_elsewhere_keeps_only_what_a_story_may_have():
    assert sanitise('<p style="x">a<iframe src="https://b.example"></iframe><b>c</b></p>') == "<p>ac</p>"


def test_hits_are_marked_and_everything_else_is_text():
    marked = highlight(f"a {HIT_START}rain{HIT_END} <b> {HIT_START}road{HIT_END}")
    assert marked == "a <mark>rain</mark> &lt;b&gt; <mark>road</mark>"


def test_a_headline_cut_in_the_middle_stays_whole():
    assert highlight(f"{HIT_END}a {HIT_START}b") == "a b"

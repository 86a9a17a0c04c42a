"""Accessibility of a page in the browser, by axe."""

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Elements that are in order are not listed: that takes as long as looking at them.
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}


def violations(page, within=None):
    """What axe finds wrong on the page, or `within` an element: (rule, first element) of each; an empty list is a clean page.

    Nothing moves meanwhile: a colour on its way to another has a contrast nobody sees.
    """
    page.emulate_media(reduced_motion="reduce")
    found = Axe().run(page, context=within, options=OPTIONS).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found]


def sideways(page):
    """How many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")

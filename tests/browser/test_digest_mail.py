"""Promise 10: the digest's mails as people see them. Three members of the demo region in three languages, composed as they would be sent;
in both schemes, on a telephone and at the width of a mail: accessible, readable, nothing asked of elsewhere (`new_page` sees to that).
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from common.mail import build
from digests.composing import compose_chunk
from digests.models import Subscription
from members.models import User
from notifications.actions import follow
from notifications.models import Delivery
from taxonomy.models import Municipality, Theme
from tests.support.axe import sideways, violations
from workinggroups.models import GroupMembership, WorkingGroup

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Text and ground of every word on the page, and the ratio of the two that is the hardest to read.
LOWEST_CONTRAST = """() => {
  const parsed = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const ground = element => {
    for (let one = element; one; one = one.parentElement) {
      const colour = parsed(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let lowest = 21;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.getClientRects().length) continue;
    const [a, b] = [light(parsed(getComputedStyle(element).color)), light(ground(element))];
    lowest = Math.min(lowest, (Math.max(a, b) + .05) / (Math.min(a, b) + .05));
  }
  return lowest;
}"""


def reader(language, themes, places=(), groups=False, days=45, **schedule):
    """The delivery of a member of the demo region who follows these."""
    user, now = User.objects.filter(language=language, is_active=True, is_staff=False).order_by("pk").last(), timezone.now()
    for noun in (*Theme.objects.filter(slug__in=themes), *Municipality.objects.filter(slug__in=places)):
        follow(user, noun)
    for group in WorkingGroup.objects.filter(state="published") if groups else ():
        GroupMembership.objects.get_or_create(group=group, user=user)
    since = now - timedelta(days=days)
    Subscription.objects.create(user=user, started_at=since, since=since, **schedule)
    return Delivery.objects.create(user=user, reader=f"member:{user.pk}", list="digest", period="2026-W48", template="digest", since=since,
                                   until=now)  # fmt: skip


def mails():
    """{who: HTML} of a municipal officer with many groups, a company with one theme and a researcher with hardly anything."""
    found = {
        "officer": reader("da", ["energy", "mobility", "water"], ["albertslund", "koge"], groups=True),
        "company": reader("sv", ["energy"], frequency="fortnightly", weekday=3),
        "researcher": reader("en", ["water"], days=60, frequency="monthly"),
    }
    compose_chunk(list(found.values()), timezone.now())
    return {who: build(delivery.mail).alternatives[0][0] for who, delivery in found.items()}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_promise_10_mails_of_three_readers_are_accessible_and_fit(new_page, demo_site, scheme):
    seen, sizes = {}, {}
    for who, html in mails().items():
        for width in (360, 600):
            page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page.set_content(html)
            seen[who, width] = (violations(page), sideways(page), page.evaluate(LOWEST_CONTRAST) >= 4.5)
        sizes[who] = len(html.encode()) < 100_000
    assert {key: found for key, found in seen.items() if found != ([], 0, True)} == {}
    assert sizes == {"officer": True, "company": True, "researcher": True}

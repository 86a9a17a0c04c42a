"""Brings in demo content: a believable region, and any number of projects and members more for benchmarks."""

from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from common.locks import one_at_a_time
from portal.demo.bulk import seed_bulk
from portal.demo.discussions import seed_discussions
from portal.demo.events import seed_events
from portal.demo.groups import seed_groups
from portal.demo.labs import seed_labs
from portal.demo.life import seed_life
from portal.demo.meetings import seed_meetings
from portal.demo.members import seed_members, sign_ins
from portal.demo.organisations import seed_organisations
from portal.demo.pages import seed_pages
from portal.demo.projects import seed_projects
from portal.demo.requests import seed_requests
from portal.demo.review import seed_review
from portal.demo.tally import Tally
from portal.demo.trials import seed_trials
from portal.demo.visits import seed_visits
from projects.words import refresh_words


class Command(BaseCommand):
    help = (
        "Makes demo organisations, members, projects and pages, all marked as demo. What is there already stays as it is. "
        "With --projects or --members, invented ones are added until there are as many."
    )

    def add_arguments(self, parser):
        parser.add_argument("--projects", type=int, metavar="N", help="how many demo projects there are to be")
        parser.add_argument("--members", type=int, metavar="N", help="how many demo members there are to be")

    def handle(self, *, projects, members, **options):
        for name, wanted in (("--projects", projects), ("--members", members)):
            if wanted is not None and wanted < 0:
                raise CommandError(f"{name} takes a number from 0.")
        now, tally = timezone.now(), Tally()
        with one_at_a_time("seed_demo"):
            with transaction.atomic():
                seed_region(tally, now, limit=projects)
            seed_bulk(tally, projects=projects or 0, members=members or 0, now=now, tell=self.stdout.write)
            if tally.made["projects"]:
                refresh_words()
        for line in [*sign_ins(), str(tally)]:
            self.stdout.write(line)


def seed_region(tally, now, *, limit=None):
    """The hand-written content; a second call changes nothing."""
    organisations = seed_organisations(tally, now=now)
    members = seed_members(organisations, tally)
    projects = seed_projects(organisations, members, tally, now=now, limit=limit)
    seed_pages(projects, tally, now=now)
    seed_life(organisations, members, tally, now=now)
    seed_review(organisations, members, projects, tally, now=now)
    seed_groups(organisations, members, projects, tally, now=now)
    seed_discussions(members, tally, now=now)
    seed_events(organisations, members, projects, tally, now=now)
    seed_meetings(organisations, members, tally, now=now)
    labs = seed_labs(organisations, members, projects, tally, now=now)
    seed_trials(organisations, members, labs, tally, now=now)
    seed_requests(organisations, members, labs, tally, now=now)
    seed_visits(organisations, members, labs, tally, now=now)

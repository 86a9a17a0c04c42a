"""What the scheduler does, by hand: plan the digests that are due and send them."""

import time
from datetime import datetime, timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from digests.planning import plan, waiting_readers
from notifications import ledger
from notifications.enums import DeliveryState, MailList
from notifications.models import Delivery
from notifications.tasks import send_chunk

SAY_EVERY = 5  # seconds
#: In the order of docs/operations.md: `planned=… sent=… empty=… suppressed=… failed=… unknown=…`.
SHOWN = (DeliveryState.SENT, DeliveryState.EMPTY, DeliveryState.SUPPRESSED, DeliveryState.FAILED, DeliveryState.UNKNOWN)


class Command(BaseCommand):
    help = "Plans the digests that are due and sends what is waiting; a second call at the same time sends nothing twice."

    def add_arguments(self, parser):
        parser.add_argument("--now", metavar="ISO", help="the moment to plan for, such as 2026-11-23T07:00+01:00; default is now")
        parser.add_argument("--dry-run", action="store_true", help="say how many are due; plan and send nothing")

    def handle(self, *, now, dry_run, **options):
        moment = read_moment(now) if now else timezone.now()
        if dry_run:
            return self.say(waiting_readers(moment), {})
        run = plan(moment)
        self.send(moment)
        states = Delivery.objects.filter(run=run).count_by_state() if run else {}
        return self.say(run.planned if run else 0, states)

    def send(self, moment):
        """Chunk after chunk until nothing of the digests is due any more."""
        started, said = time.monotonic(), 0.0
        while True:
            now = moment + timedelta(seconds=time.monotonic() - started)
            waiting = ledger.waiting(now).filter(list=MailList.DIGEST)
            if not waiting.exists() or not send_chunk(now):
                return
            if time.monotonic() - said > SAY_EVERY:
                said = time.monotonic()
                self.stderr.write(f"{waiting.count()} mails wait")

    def say(self, planned, states):
        numbers = " ".join(f"{state}={states.get(state, 0)}" for state in SHOWN)
        self.stdout.write(f"planned={planned} {numbers}")


def read_moment(text):
    """A moment with its zone; without one it is on the portal's clock. Raises `CommandError`."""
    try:
        found = parse_datetime(text) or datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f"--now {text}: write it as 2026-11-23T07:00+01:00")
    return found if found.tzinfo else timezone.make_aware(found)

"""`manage.py load_reference`: themes, municipalities, goals, and what other apps register."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

from common.locks import one_at_a_time


class Command(BaseCommand):
    help = "Loads reference data: themes, municipalities, goals, site structure and roles. May be run at any time, as often as wanted."

    def handle(self, *args, verbosity, **options):
        """Call each loader of `REFERENCE_LOADERS`; it returns `{noun: Changes}` or nothing. Ends with one line of counts."""
        total = {}
        with one_at_a_time("load_reference"):
            for path in settings.REFERENCE_LOADERS:
                total.update(import_string(path)() or {})
        if verbosity > 1:
            for noun, changes in total.items():
                self.stdout.write(f"{noun}: created={changes[0]} updated={changes[1]} unchanged={changes[2]}")
        created, updated, unchanged = (sum(changes[place] for changes in total.values()) for place in range(3))
        nouns = " ".join(f"{noun}={sum(changes)}" for noun, changes in total.items())
        self.stdout.write(f"{nouns} created={created} updated={updated} unchanged={unchanged}")

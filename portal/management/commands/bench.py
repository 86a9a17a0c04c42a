"""Measures what pages and digests cost; see benchmarks/README.md. The folder is part of a checkout, not of an image."""

from importlib import import_module

from django.core.management import BaseCommand


class Command(BaseCommand):
    help = "Measures what pages and digests cost at several sizes, on databases of its own beside the configured one."

    def add_arguments(self, parser):
        import_module("benchmarks.run").add_options(parser)

    def handle(self, *, sizes, rounds, fresh, parts, **options):
        import_module("benchmarks.run").bench(sizes=sizes, rounds=rounds, fresh=fresh, parts=parts)

"""`manage.py import_boundaries FILE`: the operator's own outlines of municipalities for the map."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from taxonomy.boundaries import FileRefused, read_outlines, simplify, store_outlines


class Command(BaseCommand):
    help = "Load outlines of municipalities (GeoJSON, WGS 84, official codes) for the map; all or nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="a GeoJSON FeatureCollection")
        parser.add_argument("--country", default="", help="DK, SE …: for files that do not name it")
        parser.add_argument("--source", default="", help="who made the outlines; shown on the map")
        parser.add_argument("--year", type=int, help="the year they are of")
        parser.add_argument("--tolerance", type=float, default=0.001, help="degrees a line may deviate (0.001: about 110 m)")
        parser.add_argument("--dry-run", action="store_true", help="check and count, write nothing")

    def handle(self, *, file, country, source, year, tolerance, dry_run, **options):
        if year is not None and not 1800 <= year <= 2200:
            raise CommandError("--year lies between 1800 and 2200.")
        if not 0 <= tolerance <= 0.1:
            raise CommandError("--tolerance lies between 0 and 0.1 degrees.")
        try:
            outlines, problems = read_outlines(file, country)
        except FileRefused as error:
            raise CommandError(str(error)) from error
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"Nothing stored: {len(problems)} of {len(problems) + len(outlines)} outlines refused.")
        simple = simplify(outlines, tolerance)
        if not dry_run:
            store_outlines(simple, source, year)
        self.stdout.write(
            f"boundaries={len(simple)} points={_points(outlines)} simplified={_points(simple)} stored={0 if dry_run else len(simple)}"
        )


def _points(outlines):
    return sum(len(ring) for outline in outlines for polygon in outline.polygons for ring in polygon)

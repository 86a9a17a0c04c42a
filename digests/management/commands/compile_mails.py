"""Compile the digest's MJML to the templates that are used."""

from django.core.management.base import BaseCommand, CommandError

from digests.mjml import compiled


class Command(BaseCommand):
    help = "Compiles templates/emails/digest.mjml (needs mjml-python, see requirements-dev.txt); --check only says whether it is current."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="write nothing; exit status 1 when a compiled file is older")

    def handle(self, *, check, **options):
        try:
            made = compiled()
        except ValueError as error:
            raise CommandError(f"digest.mjml: {error}") from error
        old = [path.name for path, text in made.items() if not path.exists() or path.read_text() != text]
        if check and old:
            raise CommandError(f"older than digest.mjml: {', '.join(old)}")
        if not check:
            for path, text in made.items():
                path.write_text(text)
        self.stdout.write(f"{'current' if check or not old else 'compiled'}: {' '.join(path.name for path in made)}")

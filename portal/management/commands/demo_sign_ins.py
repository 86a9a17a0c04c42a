"""Tells how to sign in to the demo; says nothing where that is off."""

from django.core.management import BaseCommand

from portal.demo.members import sign_ins


class Command(BaseCommand):
    help = "Prints the demo sign-ins, if the settings allow them and demo content is there."

    def handle(self, **options):
        self.stdout.write("\n".join(sign_ins()), ending="\n" if sign_ins() else "")

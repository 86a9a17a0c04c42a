from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LivingLabsConfig(AppConfig):
    name = "livinglabs"

    def ready(self):
        """Apps above add sections to the pages of labs and offers, and have a say in their verbs, in their module `lab_sections`."""
        from livinglabs.actions.team import leave_teams
        from organisations.leaving import register_leaving

        autodiscover_modules("lab_sections")
        register_leaving(leave_teams)

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WorkingGroupsConfig(AppConfig):
    name = "workinggroups"

    def ready(self):
        """Apps say in their `group_tabs` which parts they add to the page of a group, in `group_closing` what ends with it."""
        autodiscover_modules("group_tabs", "group_closing")

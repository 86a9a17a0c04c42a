from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class TestRequestsConfig(AppConfig):
    name = "testrequests"

    def ready(self):
        """Apps above add parts to the page of a test in their module `request_sections`."""
        autodiscover_modules("request_sections")

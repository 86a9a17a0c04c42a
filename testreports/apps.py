from django.apps import AppConfig


class TestReportsConfig(AppConfig):
    name = "testreports"

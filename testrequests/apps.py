from django.apps import AppConfig


class TestRequestsConfig(AppConfig):
    name = "testrequests"

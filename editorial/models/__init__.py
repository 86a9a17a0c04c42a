"""Pages, introductions and the texts of the frame: everything editors write."""

from editorial.models.frame import Footer, Menu, PortalSettings, Text
from editorial.models.home import HomePage
from editorial.models.introductions import MunicipalityIntroduction, ThemeIntroduction
from editorial.models.news import ArticlePage, NewsIndexPage
from editorial.models.pages import StandardPage

__all__ = [
    "ArticlePage",
    "Footer",
    "HomePage",
    "Menu",
    "MunicipalityIntroduction",
    "NewsIndexPage",
    "PortalSettings",
    "StandardPage",
    "Text",
    "ThemeIntroduction",
]

"""How a project introduces itself to search engines and to whoever shares its address."""

from common.formats import iso_date
from common.languages import UNSPECIFIED


def linked_data(project, parts, text, url):
    """A project as schema.org sees it; its address is absolute. Empty values are left out."""
    data = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "additionalType": "Project",
        "name": text.title,
        "abstract": text.summary,
        "url": url,
        "inLanguage": "" if text.language == UNSPECIFIED else text.language,
        "datePublished": iso_date(project.published_at),
        "dateModified": iso_date(project.updated_at),
        "creator": {"@type": "Organization", "name": project.organisation.name},
        "contributor": [{"@type": "Organization", "name": str(partner)} for partner in parts.partners],
        "about": [str(theme) for theme in parts.themes],
        "keywords": [tag.name for tag in parts.tags],
        "contentLocation": [{"@type": "Place", "name": str(place)} for place in parts.municipalities],
    }
    return {name: value for name, value in data.items() if value}

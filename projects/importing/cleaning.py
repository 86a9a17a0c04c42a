"""Texts of other systems, mended as far as it can be known what stood there."""

import html
import re

import nh3

_TAG = re.compile(r"</?(p|br|div|span|b|i|em|strong|u|ul|ol|li|h[1-6]|a|table|tr|td|th|font|sup|sub)\b[^>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(#\d{1,6}|#x[0-9a-f]{1,6}|[a-z]{2,10});", re.IGNORECASE)
_HEADING = re.compile(r"[^\W\d_][^.!?\n]{2,60}:")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅÄÖ0-9“\"])")
SUMMARY_LENGTH = 300


def strip_html(text):
    """Text without HTML: paragraphs and list entries stay lines, entities become characters."""
    if _TAG.search(text):
        text = re.sub(r"(?i)<br\s*/?>|</(p|div|h[1-6]|tr|ul|ol)>", "\n", text)
        text = re.sub(r"(?i)<li[^>]*>", "\n- ", text)
        text = html.unescape(nh3.clean(text, tags=set()))
    return html.unescape(text) if _ENTITY.search(text) else text


def restore_lost(text):
    """Put back what a lost character (shown as ¿) most likely was: apostrophe, pair of quotes, dash or bullet.

    A question that Spanish opens with ¿ keeps it.
    """
    if "¿" not in text:
        return text
    text = re.sub(r"(?<=\w)¿(?=\w)", "’", text)
    text = re.sub(r"(?<!\w)¿(?=\w)([^¿?\n]{1,80}?)(?<=[\w.)])¿(?!\w)", r"“\1”", text)
    text = re.sub(r"(?<=[.:;])\s*¿\s*(?=\w)", "\n- ", text)
    glued = re.findall(r"(?<=\w)¿\s", text)
    text = re.sub(r"(?<=\w)¿\s+", "\n- " if len(glued) > 1 else "’ ", text)
    text = re.sub(r"\s+¿\s+", " – ", text)
    return re.sub(r"¿(?![^¿\n]{1,200}\?)", "", text)


def clean_story(text):
    """A story as Markdown: no HTML, lost characters restored, headings that ended with a colon as headings.

    Lines begin at the margin (indented lines would be code); headings with nothing below them are left out.
    """
    lines = [re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in restore_lost(strip_html(text)).splitlines()]
    kept = []
    for line in lines:
        heading = bool(_HEADING.fullmatch(line))
        if heading or not kept:
            _drop_empty_heading(kept)
        kept.append(f"# {line[:-1]}" if heading else line)
    _drop_empty_heading(kept)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _drop_empty_heading(lines):
    while lines and not lines[-1]:
        lines.pop()
    if lines and lines[-1].startswith("# "):
        lines.pop()
    if lines:
        lines.append("")


def first_words(story, title=""):
    """A summary where none was given: the first whole sentences of the story, or as many words as fit."""
    said = title.strip().rstrip(".").casefold()
    paragraphs = [line for line in story.splitlines() if line and not line.startswith("# ")]
    paragraph = next((line for line in paragraphs if line.rstrip(".").casefold() != said), "")
    if paragraph.startswith("- "):
        paragraph = paragraph[2:]
    chosen = ""
    for sentence in _SENTENCE_END.split(paragraph):
        if len(chosen) + len(sentence) >= SUMMARY_LENGTH:
            break
        chosen = f"{chosen} {sentence}".strip()
    if chosen or len(paragraph) < SUMMARY_LENGTH:
        return chosen or paragraph
    return paragraph[: SUMMARY_LENGTH - 1].rpartition(" ")[0].rstrip(",;:–-") + " …"

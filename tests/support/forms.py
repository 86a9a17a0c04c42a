"""Filling in a form as a browser does: what stands in it is sent along."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    def __init__(self, form):
        super().__init__(convert_charrefs=True)
        self.form, self.inside, self.skipped, self.fields = form, False, 0, []
        self.area = self.select = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inside = not self.form or attrs.get("id") == self.form
        if tag == "template":
            self.skipped += 1
        if not self.inside or self.skipped:
            return
        if tag == "input":
            self._input(attrs)
        if tag == "textarea":
            self.area = [attrs.get("name"), ""]
        if tag == "select":
            self.select = [attrs.get("name"), None]
        if tag == "option" and self.select and ("selected" in attrs or self.select[1] is None):
            self.select[1] = attrs.get("value", "")

    def _input(self, attrs):
        kind, name = attrs.get("type", "text"), attrs.get("name")
        if name and kind not in ("submit", "file", "button") and (kind not in ("checkbox", "radio") or "checked" in attrs):
            self.fields.append((name, attrs.get("value", "on" if kind == "checkbox" else "")))

    def handle_data(self, data):
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag):
        if tag == "template":
            self.skipped -= 1
        if tag == "form":
            self.inside = False
        if tag == "textarea" and self.area:
            self.fields.append((self.area[0], self.area[1].removeprefix("\r\n").removeprefix("\n")))
            self.area = None
        if tag == "select" and self.select:
            self.fields.append(tuple(self.select))
            self.select = None


def fields_of(html, form="step"):
    """`{name: [values]}` of what the form would send as it stands."""
    parser = _Fields(form)
    parser.feed(html)
    found = {}
    for name, value in parser.fields:
        found.setdefault(name, []).append(value if value is not None else "")
    return found


def open_form(client, address, form="step"):
    return fields_of(client.get(address).content.decode(), form)


def send(client, address, *, opened=None, **changes):
    """Open the page, change some fields (None takes one away), press the first button; `opened` sends an older page."""
    fields = dict(opened) if opened is not None else open_form(client, address)
    for name, value in {"then": "next", **changes}.items():
        fields.pop(name, None)
        if value is not None:
            fields[name] = value
    return client.post(address.partition("?")[0], fields)

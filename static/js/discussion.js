/* Writing in a discussion: names offered while somebody types @, the draft kept, a description for each picture.
   Everything works without it, by the buttons of the form. */
"use strict";

const DRAFT_PAUSE = 1500; // after the last key
const DRAFT_AGAIN = [2000, 5000, 15000, 30000]; // while there is no connection
const JUST_KEPT = 10000; // a page that was asked for before the draft arrived at the server does not show it
const NAME_PAUSE = 180;

/* ---- names: @an → @[Anna Berg] */

class Names {
  constructor(area) {
    this.area = area;
    this.found = [];
    this.place = -1;
    this.box = document.createElement("div");
    this.box.className = "type-ahead";
    this.list = document.createElement("ul");
    this.list.className = "type-ahead__list";
    this.list.id = `${area.id}_names`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", area.dataset.labelNames);
    this.box.append(this.list);
    area.after(this.box);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", this.list.id);
    area.addEventListener("input", () => this.typed());
    area.addEventListener("keydown", (event) => this.key(event));
    area.addEventListener("click", () => this.close());
    area.addEventListener("blur", () => setTimeout(() => this.close(), 150));
  }

  /* What stands between the last @ and the caret, when that can be the beginning of a name. */
  words() {
    const before = this.area.value.slice(0, this.area.selectionStart);
    const found = before.match(/(^|[\s(>*_])@([\p{L}\p{M}\p{N}.'’-]{1,40}(?: [\p{L}\p{M}\p{N}.'’-]{0,40})?)$/u);
    return found ? found[2] : "";
  }

  typed() {
    clearTimeout(this.timer);
    const words = this.words();
    if (!words) return this.close();
    this.timer = setTimeout(() => this.ask(words), NAME_PAUSE);
  }

  async ask(words) {
    try {
      const answer = await fetch(`${this.area.dataset.namesUrl}?${new URLSearchParams({ q: words })}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || words !== this.words()) return;
      this.show((await answer.json()).found);
    } catch {
      this.close();
    }
  }

  show(found) {
    this.found = found;
    this.place = -1;
    this.list.replaceChildren(...found.map((one, number) => this.option(one, number)));
    this.list.hidden = !found.length;
    this.area.removeAttribute("aria-activedescendant");
  }

  option(one, number) {
    const option = document.createElement("li");
    option.id = `${this.list.id}_${number}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.append(one.label);
    if (one.note) {
      const note = document.createElement("small");
      note.textContent = one.note;
      option.append(note);
    }
    option.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.choose(number);
    });
    return option;
  }

  key(event) {
    if (this.list.hidden) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.go(event.key === "ArrowDown" ? 1 : -1);
    } else if ((event.key === "Enter" || event.key === "Tab") && this.place >= 0) {
      event.preventDefault();
      this.choose(this.place);
    }
  }

  go(step) {
    const count = this.found.length;
    this.place = this.place < 0 && step < 0 ? count - 1 : (this.place + step + count) % count;
    [...this.list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === this.place)));
    this.list.children[this.place].scrollIntoView({ block: "nearest" });
    this.area.setAttribute("aria-activedescendant", this.list.children[this.place].id);
  }

  choose(number) {
    const end = this.area.selectionStart;
    const start = end - this.words().length - 1;
    this.area.setRangeText(`@[${this.found[number].value}] `, start, end, "end");
    this.close();
    this.area.focus();
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.area.removeAttribute("aria-activedescendant");
  }
}

/* ---- the draft: kept on the server while somebody types, in the browser until the server has confirmed it */

const PASSING = new Set(["csrfmiddlewaretoken", "form_author", "key", "seen", "file_alt"]);

class Draft {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-draft-status]");
    this.url = form.dataset.draftUrl; // a post that is mended is kept in the browser only
    this.key = `draft:${this.url || location.pathname}`;
    this.failed = 0;
    this.sent = this.snapshot();
    this.restore();
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("submit", () => { this.leaving = true; clearTimeout(this.timer); this.mark(true); });
    document.addEventListener("submit", (event) => { if (event.target !== form && event.target.action.endsWith("/discard/")) this.forget(); });
    window.addEventListener("online", () => this.save());
    window.addEventListener("pageshow", (event) => { if (event.persisted) { this.leaving = false; this.typed(); } });
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.save(); });
  }

  fields() {
    const data = new FormData(this.form);
    for (const [name, value] of [...data.entries()]) if (value instanceof File) data.delete(name);
    return data;
  }

  snapshot() {
    return JSON.stringify([...this.fields().entries()].filter(([name]) => !PASSING.has(name)));
  }

  typed() {
    if (this.snapshot() === this.sent || this.leaving) return;
    this.mark(false);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), DRAFT_PAUSE);
  }

  async save() {
    const text = this.snapshot();
    if (!this.url || this.saving || this.leaving || text === this.sent) return;
    clearTimeout(this.timer);
    this.saving = true;
    try {
      const answer = await fetch(this.url, { method: "POST", body: this.fields(), headers: { Accept: "application/json" } });
      if (answer.status === 401) return this.say(this.form.dataset.wordSignedOut);
      if (!answer.ok) throw new Error(String(answer.status));
      this.failed = 0;
      this.sent = text;
      if (!this.leaving && this.snapshot() === text) this.mark(false, true);
      this.say(this.form.dataset.wordKept);
    } catch {
      this.say(this.form.dataset.wordOffline);
      const wait = DRAFT_AGAIN[Math.min(this.failed, DRAFT_AGAIN.length - 1)];
      this.failed += 1;
      this.timer = setTimeout(() => this.save(), wait);
    } finally {
      this.saving = false;
      if (!this.failed) this.typed();
    }
  }

  say(words) {
    this.status.textContent = words;
  }

  mark(isSent, isKept = false) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ isSent, isKept, at: Date.now(), text: this.snapshot() }));
    } catch { /* a full or closed store: the server is the first place anyway */ }
  }

  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch { /* nothing was kept */ }
  }

  /* What no server has confirmed comes back: into an empty form, or into a post that is mended. */
  restore() {
    let held = null;
    try {
      held = JSON.parse(localStorage.getItem(this.key) || "null");
    } catch { /* unreadable: nothing to bring back */ }
    const area = this.form.querySelector("textarea");
    const isOver = held && (held.isSent || (held.isKept && Date.now() - held.at > JUST_KEPT));
    if (!held || isOver || held.text === this.sent || (this.url && area.value)) return this.forget();
    for (const [name, value] of JSON.parse(held.text)) {
      const control = this.form.elements[name];
      if (control && "value" in control && !["hidden", "file", "checkbox"].includes(control.type)) control.value = value;
    }
    this.say(this.form.dataset.wordBack);
    this.typed();
  }
}

/* ---- files: a description for each picture that is chosen */

function prepareFiles(input) {
  const place = input.closest("[data-files]");
  const single = place.querySelector("[data-alt]");
  const list = document.createElement("div");
  list.className = "stack stack--3";
  single.replaceWith(list);
  const show = () => list.replaceChildren(...[...input.files].map((file, number) => describe(place, file, number)));
  input.addEventListener("change", show);
  show();
}

function describe(place, file, number) {
  const field = document.createElement("div");
  const control = Object.assign(document.createElement("input"), { name: "file_alt", maxLength: 200 });
  if (!file.type.startsWith("image/")) {
    control.type = "hidden";
    field.hidden = true;
    field.append(control);
    return field;
  }
  field.className = "field";
  control.type = "text";
  control.className = "input";
  control.id = `${place.id}_alt_${number}`;
  const label = Object.assign(document.createElement("label"), { htmlFor: control.id, textContent: place.dataset.labelAlt.replace("{name}", file.name) });
  field.append(label, control);
  return field;
}

document.addEventListener("DOMContentLoaded", () => {
  for (const area of document.querySelectorAll("textarea[data-names-url]")) new Names(area);
  for (const input of document.querySelectorAll("[data-files] input[type=file]")) prepareFiles(input);
  for (const form of document.querySelectorAll("form[data-draft]")) new Draft(form);
});

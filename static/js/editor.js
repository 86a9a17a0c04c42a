/* Writing a project: saved while typing, rows without a trip to the server, word of others who are at it.
   Everything works without it, by the buttons of the form. */
"use strict";

const PAUSE = 1500; // after the last key
const AGAIN = [2000, 5000, 15000, 30000]; // while there is no connection
const PRESENCE = 60000;

class Editor {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.status = form.querySelector("[data-status]");
    this.notices = form.querySelector("[data-notices]");
    this.key = `editor:${location.pathname}`;
    this.saving = false;
    this.dirty = false;
    this.failed = 0;
    this.sent = this.snapshot();
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("beforeunload", (event) => { if (this.dirty && !this.leaving) event.preventDefault(); });
    window.addEventListener("online", () => this.save());
    document.addEventListener("visibilitychange", () => { if (document.hidden && this.dirty) this.save(); });
    window.addEventListener("pageshow", (event) => { if (event.persisted) { this.leaving = false; this.typed(); } });
    this.offerLocal();
    if (this.words.editingUrl) {
      this.presence();
      setInterval(() => { if (!document.hidden) this.presence(); }, PRESENCE);
    }
  }

  /* What is typed, without files and what belongs to one request. */
  fields() {
    const data = new FormData(this.form);
    for (const [name, value] of [...data.entries()]) if (value instanceof File) data.delete(name);
    data.set("step", this.words.step);
    return data;
  }

  snapshot() {
    const passing = new Set(["csrfmiddlewaretoken", "form_author", "base", "step"]);
    return JSON.stringify([...this.fields().entries()].filter(([name]) => !passing.has(name)));
  }

  typed() {
    const now = this.snapshot();
    if (now === this.sent) return;
    this.dirty = true;
    this.keepLocal(now);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  keepLocal(text) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), text }));
    } catch { /* a full or closed store: the server is the first place anyway */ }
  }

  forgetLocal() {
    try {
      localStorage.removeItem(this.key);
    } catch { /* nothing was kept */ }
  }

  /* A save that is on its way is waited for: else its author would meet her own words as somebody else's. */
  submitted(event) {
    if (!this.saving) {
      this.leaving = true;
      return;
    }
    event.preventDefault();
    clearTimeout(this.timer);
    this.then = event.submitter;
    setTimeout(() => this.goOn(), 4000);
  }

  goOn() {
    if (this.then === undefined) return;
    const button = this.then;
    this.then = undefined;
    this.saving = false;
    this.leaving = true;
    this.form.requestSubmit(button);
  }

  async save() {
    if (this.saving || this.leaving || !this.dirty) return;
    clearTimeout(this.timer);
    this.saving = true;
    const text = this.snapshot();
    this.say(this.words.wordSaving);
    try {
      const answer = await fetch(this.words.saveUrl, { method: "POST", body: this.fields(), headers: { Accept: "application/json" } });
      if (answer.status === 401 || answer.status === 403) return this.signedOut(answer);
      if (!answer.ok) throw new Error(String(answer.status));
      this.saved(await answer.json(), text);
    } catch {
      this.later();
    } finally {
      this.saving = false;
      this.goOn();
    }
  }

  saved(said, text) {
    this.failed = 0;
    this.sent = text;
    if (said.base) this.form.elements.base.value = said.base;
    this.dirty = this.snapshot() !== text;
    if (!this.dirty) this.forgetLocal();
    const word = said.state === "saved" ? (said.errors ? this.words.wordErrors : this.words.wordSaved) : this.words.live !== undefined ? this.words.wordKept : this.words.wordSaved;
    this.say(`${word} ${said.at}`);
    if (said.said) this.notice("clash", said.said);
    if (this.dirty) this.typed();
  }

  later() {
    const wait = AGAIN[Math.min(this.failed, AGAIN.length - 1)];
    this.failed += 1;
    this.say(this.words.wordOffline, "error");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  async signedOut(answer) {
    this.say(this.words.wordSignedOut, "error");
    let address = "";
    try {
      address = (await answer.json()).address || "";
    } catch { /* no address: the words alone */ }
    if (!address) return;
    const link = Object.assign(document.createElement("a"), { href: address, textContent: this.words.wordSignIn });
    link.addEventListener("click", () => { this.leaving = true; });
    this.status.append(" ", link);
  }

  say(words, state = "") {
    this.status.textContent = words;
    this.status.dataset.state = state;
  }

  notice(kind, words) {
    let box = this.notices.querySelector(`[data-notice=${kind}]`);
    if (!words) {
      if (box) box.remove();
      return;
    }
    if (!box) {
      box = Object.assign(document.createElement("p"), { className: "message kind--warning kind" });
      box.dataset.notice = kind;
      box.setAttribute("role", "status");
      this.notices.append(box);
    }
    if (box.textContent !== words) box.textContent = words;
  }

  async presence() {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(this.words.editingUrl, { method: "POST", body: data, headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const { said } = await answer.json();
      for (const old of this.notices.querySelectorAll(":scope > :not([data-notice])")) old.remove();
      this.notice("others", said);
    } catch { /* asked again in a minute */ }
  }

  /* Something typed here that no server has confirmed: offered, never forced upon what stands there now. */
  offerLocal() {
    let held = null;
    try {
      held = JSON.parse(localStorage.getItem(this.key) || "null");
    } catch { /* unreadable: nothing to offer */ }
    if (!held || held.text === this.sent) return this.forgetLocal();
    const box = Object.assign(document.createElement("div"), { className: "message kind kind--info" });
    const words = document.createElement("p");
    words.textContent = this.words.wordFound;
    box.append(words, this.button(this.words.wordRestore, () => { this.putBack(JSON.parse(held.text)); box.remove(); }), this.button(this.words.wordForget, () => { this.forgetLocal(); box.remove(); }));
    box.dataset.notice = "held";
    this.notices.append(box);
  }

  button(label, act) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button button--secondary", textContent: label });
    button.addEventListener("click", act);
    return button;
  }

  putBack(pairs) {
    const values = new Map();
    for (const [name, value] of pairs) values.set(name, [...(values.get(name) || []), value]);
    for (const [name, [count]] of values) {
      const set = name.endsWith("-TOTAL_FORMS") && this.form.querySelector(`[data-rows="${name.slice(0, -12)}"]`);
      if (set) while (Number(this.form.elements[name].value) < Number(count) && addRow(set)) { /* one more */ }
    }
    for (const control of this.form.elements) {
      if (!control.name || control.type === "file" || control.type === "hidden" && !values.has(control.name)) continue;
      const wanted = values.get(control.name);
      if (control.type === "checkbox" || control.type === "radio") control.checked = Boolean(wanted && wanted.includes(control.value));
      else if (wanted && control.name !== "base" && !control.name.endsWith("-TOTAL_FORMS")) control.value = wanted.length > 1 ? wanted.shift() : wanted[0];
    }
    this.typed();
  }
}

/* Rows: one more without a trip to the server; a removed one is hidden and marked. */
function addRow(set) {
  const total = set.querySelector("[name$=-TOTAL_FORMS]");
  const number = Number(total.value);
  if (number >= Number(set.dataset.most)) return null;
  const piece = set.querySelector("template").content.cloneNode(true);
  for (const node of piece.querySelectorAll("*")) for (const attribute of [...node.attributes]) if (attribute.value.includes("__prefix__")) node.setAttribute(attribute.name, attribute.value.replaceAll("__prefix__", number));
  const row = piece.querySelector("[data-row]");
  set.querySelector("template").before(piece);
  total.value = String(number + 1);
  prepareRow(row);
  renumber(set);
  row.dispatchEvent(new CustomEvent("rows:added", { bubbles: true }));
  return row;
}

function renumber(set) {
  const rows = [...set.querySelectorAll(":scope > [data-row]:not([hidden]) [data-number]")];
  rows.forEach((place, number) => { place.textContent = String(number + 1); });
}

function prepareRow(row) {
  const tick = row.querySelector("[name$=-DELETE]");
  const set = row.closest("[data-rows]");
  if (!tick || !set) return;
  const label = tick.closest("label");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "link-button row__remove" });
  const words = label.querySelector("span").textContent;
  const name = Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: ` ${row.querySelector("legend").textContent.trim()}` });
  button.append(words, name);
  label.hidden = true;
  label.after(button);
  const hide = () => { row.hidden = true; renumber(set); };
  button.addEventListener("click", () => {
    tick.checked = true;
    hide();
    set.querySelector(":scope > button[name=add]").focus();
    tick.dispatchEvent(new Event("change", { bubbles: true }));
  });
  if (tick.checked) hide();
}

function prepareRows(form) {
  for (const set of form.querySelectorAll("[data-rows]")) {
    for (const row of set.querySelectorAll(":scope > [data-row]")) prepareRow(row);
    set.querySelector(":scope > button[name=add]").addEventListener("click", (event) => {
      event.preventDefault();
      const row = addRow(set);
      row?.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    });
  }
}

/* How much room is left in a text that has a limit. */
function countCharacters(area, word) {
  const note = Object.assign(document.createElement("p"), { className: "field__count" });
  const count = () => { note.textContent = `${area.value.length} / ${area.maxLength} ${word}`; };
  area.addEventListener("input", count);
  area.closest(".field")?.append(note);
  count();
}

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-editor], [data-with-rows]");
  if (!form) return;
  prepareRows(form);
  if (!form.matches("[data-editor]")) return; // rows without saving while typing
  for (const area of form.querySelectorAll("textarea[maxlength]")) if (area.maxLength <= 4000) countCharacters(area, form.dataset.wordCount);
  setTimeout(() => new Editor(form), 0);
});

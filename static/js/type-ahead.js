/* Lines that offer what the portal knows. Without this script they take what is typed. */
"use strict";

const WAIT = 180;

/* A combo box as in the ARIA practices: the list is offered, arrows walk it, Enter takes, Escape closes. */
class TypeAhead {
  constructor(input, url, take) {
    this.input = input;
    this.url = url;
    this.take = take;
    this.found = [];
    this.place = -1;
    const box = document.createElement("div");
    box.className = "type-ahead";
    const isBusy = document.activeElement === input; // somebody types already: moving the line would take the caret away
    input.before(box);
    box.append(input);
    this.list = document.createElement("ul");
    this.list.className = "type-ahead__list";
    this.list.id = `${input.id}_found`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.closest("[data-label-found]").dataset.labelFound);
    box.append(this.list);
    input.removeAttribute("list");
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    if (isBusy) {
      input.focus({ preventScroll: true });
      this.typed();
    }
  }

  typed() {
    clearTimeout(this.timer);
    const text = this.words();
    if (text.length < 2) return this.close();
    this.timer = setTimeout(() => this.ask(text), WAIT);
  }

  words() {
    return this.input.value.split(/[,;]/).pop().trim();
  }

  async ask(text) {
    try {
      const answer = await fetch(`${this.url}?${new URLSearchParams({ q: text })}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || text !== this.words()) return;
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
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.input.removeAttribute("aria-activedescendant");
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
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (this.list.hidden) return;
      event.preventDefault();
      this.go(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !this.list.hidden && this.place >= 0) {
      event.preventDefault();
      this.choose(this.place);
    }
  }

  go(step) {
    this.place = (this.place + step + this.found.length) % this.found.length;
    [...this.list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === this.place)));
    this.list.children[this.place].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", this.list.children[this.place].id);
  }

  choose(number) {
    const one = this.found[number];
    this.close();
    this.take(one);
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

function changed(control) {
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

function prepareOne(input) {
  const into = input.dataset.into && input.form && input.form.elements[input.name.replace(/[^-]+$/, input.dataset.into)];
  if (into) input.addEventListener("input", (event) => { if (event.isTrusted) into.value = ""; });
  new TypeAhead(input, input.dataset.typeAhead, (one) => {
    input.value = one.label;
    if (into) into.value = one.value;
    changed(input);
  });
}

/* Several: what is chosen stands above the line as a box that can be unticked. */
function prepareMany(box) {
  const input = box.querySelector("input[type=text]");
  const url = box.dataset.typeAheadMany;
  const add = (one) => {
    let list = box.querySelector(".chosen__list");
    if (!list) {
      list = document.createElement("ul");
      list.className = "chosen__list";
      box.prepend(list);
    }
    const standing = [...list.querySelectorAll("input")].find((tick) => tick.value === String(one.value));
    if (standing) {
      standing.checked = true;
    } else {
      const row = document.createElement("li");
      const label = document.createElement("label");
      label.className = "chosen__one";
      const tick = Object.assign(document.createElement("input"), { type: "checkbox", name: box.dataset.name, value: one.value, checked: true });
      const words = document.createElement("span");
      words.textContent = one.label;
      label.append(tick, words);
      row.append(label);
      list.append(row);
    }
    const before = input.value.split(/[,;]/).slice(0, -1).map((word) => word.trim()).filter(Boolean);
    input.value = before.length ? `${before.join(", ")}, ` : "";
    changed(input);
  };
  if (url) new TypeAhead(input, url, add);
}

function prepareTypeAheads(root) {
  for (const input of root.querySelectorAll("input[data-type-ahead]:not([role=combobox])")) prepareOne(input);
  for (const box of root.querySelectorAll("[data-type-ahead-many]:not([data-ready])")) {
    box.dataset.ready = "";
    prepareMany(box);
  }
}

document.addEventListener("DOMContentLoaded", () => prepareTypeAheads(document));
document.addEventListener("rows:added", (event) => prepareTypeAheads(event.target));
document.addEventListener("htmx:afterSwap", (event) => prepareTypeAheads(event.target));

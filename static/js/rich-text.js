/* A small tool bar over a text area for Markdown. Without this script the text area is a text area. */
"use strict";

const TOOLS = [
  ["bold", (text) => [`**${text}**`, 2]],
  ["italic", (text) => [`_${text}_`, 1]],
  ["heading", (text) => [lines(text, () => "## "), 3]],
  ["list", (text) => [lines(text, () => "- "), 2]],
  ["numbers", (text) => [lines(text, (number) => `${number + 1}. `), 3]],
  ["quote", (text) => [lines(text, () => "> "), 2]],
  ["link", (text) => [`[${text}](https://)`, 1]],
];

function lines(text, mark) {
  return text.split("\n").map((line, number) => mark(number) + line).join("\n");
}

function apply(area, make) {
  const [start, end] = [area.selectionStart, area.selectionEnd];
  const chosen = area.value.slice(start, end);
  const [text, inside] = make(chosen);
  area.focus();
  area.setRangeText(text, start, end, "end");
  if (!chosen) area.setSelectionRange(start + inside, start + inside);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function prepareRichText(root) {
  for (const area of root.querySelectorAll("textarea[data-rich-text]:not([data-ready])")) {
    area.dataset.ready = "";
    const bar = document.createElement("div");
    bar.className = "rich-tools";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", area.getAttribute("data-label-tools"));
    for (const [name, make] of TOOLS) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: area.getAttribute(`data-label-${name}`) });
      button.addEventListener("click", () => apply(area, make));
      bar.append(button);
    }
    area.before(bar);
    area.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const tool = { b: 0, i: 1 }[event.key];
      if (tool === undefined) return;
      event.preventDefault();
      apply(area, TOOLS[tool][1]);
    });
  }
}

document.addEventListener("DOMContentLoaded", () => prepareRichText(document));
document.addEventListener("rows:added", (event) => prepareRichText(event.target));

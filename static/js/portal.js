/* What the frame does quicker with a script; everything works without it. */
"use strict";

/* After a form came back with errors, reading begins at their summary. */
function focusSummary(root) {
  root.querySelector("[data-focus]")?.focus();
}

/* Escape and a click elsewhere close the menus; focus returns to the button that opened them. */
const MENUS = ".menu[open], .account-menu[open]";

function closeMenus(except, refocus) {
  for (const menu of document.querySelectorAll(MENUS)) {
    if (menu === except) continue;
    menu.open = false;
    if (refocus) menu.querySelector("summary").focus();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus(null, true);
});
document.addEventListener("click", (event) => {
  closeMenus(event.target.closest(MENUS), false);
});
document.addEventListener("DOMContentLoaded", () => focusSummary(document));
document.addEventListener("htmx:afterSwap", (event) => focusSummary(event.target));

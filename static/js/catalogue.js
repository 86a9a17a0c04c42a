/* The catalogue filters at once: the button is not needed, and what was folded open stays open. */
"use strict";

function takeOver() {
  for (const button of document.querySelectorAll("[data-without-script]")) button.remove();
}

function folds() {
  return document.querySelectorAll("#catalogue details");
}

let unfolded = null;

document.addEventListener("DOMContentLoaded", takeOver);
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.target.id !== "catalogue") return;
  unfolded = new Map([...folds()].map((fold) => [fold.id, fold.open]));
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "catalogue" || !unfolded) return;
  for (const fold of folds()) if (unfolded.has(fold.id)) fold.open = unfolded.get(fold.id);
  takeOver();
});

/* Signing up: the time zone the browser knows, so that nobody has to choose it. */
"use strict";

for (const field of document.querySelectorAll("[data-time-zone]")) {
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
}

/* Runs of the digest, live: while one is under way and the page is looked at, its numbers are asked for every few seconds.
   Without it the page shows them as they were when it was opened. */
"use strict";

(() => {
  const region = document.querySelector("[data-live-url]");
  if (!region) return;

  const EVERY = 3000;
  const SLOWEST = 30000;
  let pause = EVERY;
  let timer = 0;
  let asking = false;

  const parts = (root) => new Map([...root.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
  const isUsed = (part) => part.contains(document.activeElement);

  // Only what changed is replaced, and nothing in which somebody is at work: focus, selection and open details stay.
  function show(fresh) {
    const now = parts(region), next = parts(fresh);
    if ([...next.keys()].join() !== [...now.keys()].join()) {
      if (!isUsed(region)) region.replaceChildren(...fresh.childNodes);
    } else {
      for (const [name, part] of next) {
        const old = now.get(name);
        if (old.innerHTML !== part.innerHTML && !isUsed(old)) old.innerHTML = part.innerHTML;
      }
    }
    region.dataset.live = fresh.dataset.live;
  }

  async function ask() {
    asking = true;
    try {
      const answer = await fetch(region.dataset.liveUrl, { headers: { "X-Requested-With": "fetch" }, signal: AbortSignal.timeout(20000) });
      const text = answer.ok ? await answer.text() : "";
      const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-live-url]");
      if (fresh) show(fresh);
      // Signed out meanwhile, or the server has trouble: asked more and more seldom.
      pause = fresh ? EVERY : Math.min(2 * pause, SLOWEST);
    } catch {
      pause = Math.min(2 * pause, SLOWEST);
    }
    asking = false;
    wait();
  }

  function wait() {
    clearTimeout(timer);
    if (region.dataset.live === "yes" && !document.hidden && !asking) timer = setTimeout(ask, pause);
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && region.dataset.live === "yes" && !asking) {
      clearTimeout(timer);
      ask();
    }
  });
  wait();
})();

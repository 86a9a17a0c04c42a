/* How far a discussion is read: said to the portal as posts are seen. Without it the button under the posts says so. */
"use strict";

const SEEN_FOR = 1000; // a post that was on the screen for so long is read
const SAY_AFTER = 1500; // several posts are said at once

class Reading {
  constructor(posts) {
    this.posts = posts;
    this.form = document.querySelector("[data-read-form]");
    this.waiting = [...posts.querySelectorAll("[data-unread]")].map((post) => Number(post.dataset.number));
    this.seen = new Set();
    this.timers = new Map();
    this.said = 0;
    // The end of a post counts: a long one is read when its last line has been on the screen.
    this.watch = new IntersectionObserver((entries) => entries.forEach((entry) => this.look(entry)), { rootMargin: "0px 0px -5% 0px" });
    for (const post of posts.querySelectorAll("[data-unread]")) this.watch.observe(post.lastElementChild.lastElementChild ?? post);
    addEventListener("pagehide", () => this.say());
    document.addEventListener("visibilitychange", () => document.hidden && this.say());
  }

  look(entry) {
    const number = Number(entry.target.closest("[data-number]").dataset.number);
    clearTimeout(this.timers.get(number));
    if (entry.isIntersecting) this.timers.set(number, setTimeout(() => this.note(number, entry.target), SEEN_FOR));
  }

  note(number, element) {
    if (document.hidden) return;
    this.watch.unobserve(element);
    this.seen.add(number);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.say(), SAY_AFTER);
  }

  /* Up to where every unread post was seen: what was jumped over stays unread. */
  reached() {
    let reached = 0;
    for (const number of this.waiting) {
      if (!this.seen.has(number)) break;
      reached = number;
    }
    return reached;
  }

  async say() {
    const upto = this.reached();
    if (upto <= this.said) return;
    this.said = upto;
    const body = new URLSearchParams({ upto, csrfmiddlewaretoken: this.form.elements.csrfmiddlewaretoken.value });
    try {
      await fetch(this.posts.dataset.readUrl, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: true });
    } catch {
      this.said = 0; // it is said again with the next post
    }
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const posts = document.querySelector("[data-read-url]");
  if (posts && "IntersectionObserver" in window) new Reading(posts);
});

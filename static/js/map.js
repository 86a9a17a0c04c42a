// The projects' map: Leaflet over the land, one number for each municipality or the single projects, tied to the list
// beside it. The list is the truth and works without this file; so does the tile map that this file replaces.
(() => {
  "use strict";

  const section = document.querySelector("[data-map]");
  if (!section || !window.L) return;
  const config = JSON.parse(document.getElementById("map-config").textContent);
  const canvas = section.querySelector("[data-map-canvas]");
  const drawn = section.querySelector("[data-map-drawn]");
  const tools = section.querySelector("[data-map-tools]");
  const failed = section.querySelector("[data-map-failed]");
  const said = section.querySelector("[data-map-said]");
  const MOVES = 400; // rounds of pushing apart at most
  const PAIRS = 20_000_000; // looked at in all of them at most: half a thousand pins take a tenth of a second
  const AIR = 2; // px between two markers
  const ROOM = 1.2; // of its diameter: leaves 24 px to each, counted by the squares around them (WCAG 2.5.8)
  const PATIENCE = 250; // ms after the last movement before the view is asked for

  const [west, south, east, north] = config.bounds;
  const region = L.latLngBounds([south, west], [north, east]);
  const prefersCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  let map;
  let markers = []; // { key, marker, link, home, size }
  let layer;
  let names;
  let shownBox = config.box ? config.box.join(",") : "";
  let request = null;
  let current = "";
  let lastPointedAt = null;

  // ---- markers

  const diameter = (count) => Math.round(26 + 5 * Math.log10(Math.max(1, count)) * 2);

  function made(name, attributes, text) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value) element.setAttribute(key, value);
    element.textContent = text;
    return element;
  }

  function numberOf(key) {
    const row = rowOf(key);
    return row ? row.dataset.number || "" : "";
  }

  function rowOf(key) {
    return section.querySelector(`[data-map-list] [data-key="${CSS.escape(key)}"]`);
  }

  function bubble(place) {
    const size = diameter(place.count);
    const link = made("a", { href: place.url, class: "map__bubble", "data-key": place.key, "aria-label": place.label }, place.short);
    return added(place, link, size, place.label);
  }

  function pin(project) {
    const number = numberOf(project.key);
    const theme = project.theme ? ` theme theme--${project.theme}` : "";
    const label = [number && `${number}.`, project.title + (project.place ? `, ${project.place}` : "")].filter(Boolean).join(" ");
    const link = made("a", { href: project.url, class: `map__dot${theme}`, "data-key": project.key, "aria-label": label, lang: project.lang }, number);
    return added(project, link, number ? 28 : 24, project.title, project.lang);
  }

  function added(thing, link, size, tip, lang) {
    const icon = L.divIcon({ className: "map__marker", html: link, iconSize: [size, size] });
    const marker = L.marker([thing.lat, thing.lon], { icon, keyboard: false });
    marker.bindTooltip(made("span", { lang }, tip), { direction: "top", offset: [0, -size / 2], className: "map__tip" });
    marker.addTo(layer);
    return { key: thing.key, marker, link, home: L.latLng(thing.lat, thing.lon), size };
  }

  // Markers that would cover each other move apart, each as little as it can, anew for every zoom.
  function spread() {
    const spots = markers.map(({ home, size }, index) => {
      const at = map.project(home);
      const turn = index * 2.4; // the golden angle: those that stand at one place start in different directions
      return { x: at.x + Math.cos(turn) * 0.5, y: at.y + Math.sin(turn) * 0.5, size };
    });
    const rounds = Math.min(MOVES, PAIRS / (spots.length * spots.length));
    for (let round = 0; round < rounds; round += 1) if (!pushApart(spots)) break;
    spots.forEach((spot, index) => markers[index].marker.setLatLng(map.unproject([spot.x, spot.y])));
  }

  function pushApart(spots) {
    let moved = false;
    for (let i = 0; i < spots.length; i += 1) {
      for (let j = i + 1; j < spots.length; j += 1) {
        const one = spots[i];
        const other = spots[j];
        const wanted = ((one.size + other.size) / 2) * ROOM + AIR;
        const dx = other.x - one.x;
        const dy = other.y - one.y;
        if (Math.abs(dx) >= wanted || Math.abs(dy) >= wanted) continue;
        const apart = Math.hypot(dx, dy) || 0.01;
        if (apart < wanted - AIR / 2) {
          const push = (wanted - apart) / 2 / apart;
          one.x -= dx * push;
          one.y -= dy * push;
          other.x += dx * push;
          other.y += dy * push;
          moved = true;
        }
      }
    }
    return moved;
  }

  // Names of municipalities where there is room, the largest first. The list has them all, so they are not read out.
  function writeNames() {
    names.clearLayers();
    const taken = markers.map(({ marker, size }) => boxAround(map.project(marker.getLatLng()), size, size));
    const view = map.getPixelBounds();
    for (const [name, lat, lon] of config.names) {
      const at = map.project([lat, lon]);
      if (!view.contains(at)) continue;
      const width = name.length * 7.5 + 8;
      const spot = [0, 24, -24, 38, -38].map((down) => at.add([0, down])).find((one) => free(boxAround(one, width, 16), taken));
      if (!spot) continue;
      taken.push(boxAround(spot, width, 16));
      const icon = L.divIcon({ className: "map__name", html: made("span", { "aria-hidden": "true" }, name), iconSize: null });
      L.marker(map.unproject(spot), { icon, interactive: false, keyboard: false, pane: "names" }).addTo(names);
    }
  }

  const boxAround = (at, width, height) => [at.x - width / 2, at.y - height / 2, at.x + width / 2, at.y + height / 2];
  const free = (box, taken) => taken.every((other) => box[2] < other[0] || other[2] < box[0] || box[3] < other[1] || other[3] < box[1]);

  function arrange() {
    spread();
    writeNames();
  }

  function show(data) {
    layer.clearLayers();
    markers = data.kind === "projects" ? data.projects.map(pin) : data.municipalities.map(bubble);
    arrange();
    select("");
  }

  function renumber() {
    for (const entry of markers) {
      if (!entry.link.classList.contains("map__dot")) continue;
      const number = numberOf(entry.key);
      entry.link.textContent = number;
      entry.link.classList.toggle("map__dot--numbered", Boolean(number));
    }
  }

  // ---- map and list

  function select(key) {
    if (key === current) return;
    for (const element of section.querySelectorAll(`[data-key].is-current`)) element.classList.remove("is-current");
    const left = markers.find((one) => one.key === current);
    if (left) {
      left.marker.closeTooltip();
      left.marker.setZIndexOffset(0);
    }
    current = key;
    if (!key) return;
    for (const element of section.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)) element.classList.add("is-current");
    const entry = markers.find((one) => one.key === key);
    if (!entry) return;
    entry.marker.setZIndexOffset(1000);
    entry.marker.openTooltip();
    lastPointedAt = entry.home;
  }

  function reveal(key) {
    const row = rowOf(key);
    const list = row && row.closest(".map__list");
    if (!list) return;
    const over = row.offsetTop - list.offsetTop;
    if (over < list.scrollTop || over + row.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = over - 8;
  }

  function keyUnder(event) {
    const element = event.target.closest("[data-key]");
    return element ? element.dataset.key : "";
  }

  function follow() {
    for (const kind of ["pointerover", "focusin"]) {
      section.addEventListener(kind, (event) => {
        const key = keyUnder(event);
        if (event.pointerType === "touch" || (!key && kind === "pointerover" && section.contains(document.activeElement))) return;
        select(key);
        if (key && canvas.contains(event.target)) reveal(key);
        const entry = kind === "focusin" && key && canvas.contains(event.target) && markers.find((one) => one.key === key);
        if (entry) map.panInside(entry.marker.getLatLng(), { padding: [40, 40], animate: false });
      });
    }
    // A finger cannot hover: the first tap shows what it is and where it stands in the list, the second opens it.
    let finger = false;
    let before = "";
    canvas.addEventListener("pointerdown", (event) => {
      finger = event.pointerType === "touch";
      before = current; // the focus that follows selects, too
    }, true);
    canvas.addEventListener("click", (event) => {
      const key = keyUnder(event);
      if (!finger || !key || key === before) return;
      event.preventDefault();
      select(key);
      reveal(key);
    }, true);
    section.addEventListener("focusout", (event) => { if (!section.contains(event.relatedTarget)) select(""); });
    section.addEventListener("htmx:afterSwap", renumber);
  }

  // ---- data

  async function fetched(address) {
    const response = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!response.ok) throw new Error(`${response.status} ${address}`);
    return response.json();
  }

  function addressWith(base, box) {
    const address = new URL(base, window.location.href);
    if (box) {
      address.searchParams.set("bbox", box);
      address.searchParams.set("zoom", String(Math.round(map.getZoom() * 4) / 4));
    }
    return address.pathname + address.search;
  }

  function wantedBox() {
    if (!config.follows_view || map.getZoom() < config.detail_zoom) return "";
    const view = map.getBounds();
    return [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()].map((edge) => edge.toFixed(4)).join(",");
  }

  // Close up, the map shows the single projects of the view, and so does the list; further out all of them again.
  async function moved() {
    const box = wantedBox();
    if (box === shownBox) return;
    const mine = (request = {});
    const data = await fetched(addressWith(config.data, box));
    if (mine !== request) return;
    shownBox = box;
    failed.hidden = true;
    show(data);
    const close = data.kind === "projects" ? box : "";
    await window.htmx.ajax("GET", addressWith(config.page, close), { target: "[data-map-list]", swap: "innerHTML" });
    renumber();
    said.textContent = section.querySelector("[data-map-list] h2").textContent;
  }

  function later(action) {
    let timer;
    return () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => action().catch(fail), PATIENCE);
    };
  }

  function fail() {
    failed.hidden = false;
  }

  // ---- the map

  function begin(land) {
    map = L.map(canvas, {
      attributionControl: false,
      zoomControl: false,
      scrollWheelZoom: false, // only after a click: the page must scroll past the map
      zoomSnap: 0.25,
      minZoom: 6,
      maxZoom: 14,
      maxBoundsViscosity: 0.8,
      zoomAnimation: !prefersCalm,
      fadeAnimation: !prefersCalm,
      markerZoomAnimation: !prefersCalm,
      renderer: L.svg({ padding: 0.5 }),
    });
    const outline = L.geoJSON(land, { interactive: false, style: { className: "map__land", weight: 1, fillOpacity: 1, opacity: 1 } });
    map.setMaxBounds(outline.getBounds());
    map.fitBounds(config.box ? [[config.box[1], config.box[0]], [config.box[3], config.box[2]]] : region);
    outline.addTo(map);
    map.createPane("names").style.zIndex = 450; // over the land, under the markers
    names = L.layerGroup().addTo(map);
    layer = L.layerGroup().addTo(map);
    canvas.addEventListener("click", () => map.scrollWheelZoom.enable());
    canvas.addEventListener("pointerleave", () => map.scrollWheelZoom.disable());
    tools.querySelector("[data-zoom-in]").addEventListener("click", () => closer(1));
    tools.querySelector("[data-zoom-out]").addEventListener("click", () => closer(-1));
    tools.querySelector("[data-zoom-all]").addEventListener("click", () => map.fitBounds(region));
  }

  // Around what was pointed at last, if it is in view: one comes closer to something, not to the middle of the sea.
  function closer(steps) {
    const around = lastPointedAt && map.getBounds().contains(lastPointedAt) ? lastPointedAt : map.getCenter();
    map.setZoomAround(around, map.getZoom() + steps);
  }

  function focusOn(data) {
    if (data.kind !== "projects" || config.box || !data.projects.length) return;
    map.fitBounds(L.latLngBounds(data.projects.map((one) => [one.lat, one.lon])), { padding: [60, 60], maxZoom: config.detail_zoom, animate: false });
  }

  async function boundaries() {
    if (!config.boundaries) return;
    const outlines = await fetched(config.boundaries);
    const style = ({ properties }) => ({
      className: config.chosen.includes(properties.slug) ? "map__boundary map__boundary--chosen" : "map__boundary",
      weight: 1, fill: false, opacity: 1,
    });
    L.geoJSON(outlines, { interactive: false, style }).addTo(map);
  }

  async function start() {
    const [land, data] = await Promise.all([fetched(config.land), fetched(addressWithout(config.data))]);
    swap(true);
    begin(land);
    focusOn(data);
    show(data);
    follow();
    map.on("zoomend", arrange);
    map.on("moveend", writeNames);
    map.on("moveend", later(moved));
    await boundaries();
  }

  // The land in the place of the tile map, which has its size only from here on.
  function swap(land) {
    for (const element of section.querySelectorAll("[data-map-live]")) element.hidden = !land;
    drawn.hidden = land;
    section.dataset.map = land ? "ready" : "";
  }

  function addressWithout(base) {
    return config.box ? `${base}${base.includes("?") ? "&" : "?"}bbox=${shownBox}&zoom=${config.zoom}` : base;
  }

  start().catch(() => {
    if (!markers.length) swap(false);
    fail();
  });
})();

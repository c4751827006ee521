// Speaker view of a live talk: a window with this slide, the next one, the notes and the clock.
//
// What it shows are copies of what the notebook shows, taken anew whenever that changes; so a slider
// that is moved on the projector moves here. A key pressed in it does what it does on the stage.

import { cellsOfSlide, slideOf, slideStarts } from "./place.js";

const MINUTES = /\*\*(\d+) minutes?\b(?! in all)/g;
const PAUSE = 200; // milliseconds between two copies: a drag changes the page many times a second

const PAGE = `
<title>Speaker view</title>
<main class="lessons-speaker">
  <header><output id="clock"></output><output id="elapsed"></output><output id="target"></output>
    <button id="restart">Start the clock anew</button></header>
  <section><h2 id="name"></h2><div id="now"></div></section>
  <section><h2>Next</h2><div id="next"></div></section>
  <section><h2>Notes</h2><div id="notes" class="jp-RenderedHTMLCommon"></div></section>
</main>`;
const LOOK = `
html, body { height: 100%; margin: 0; overflow: auto; background: #fff; color: #212121; }
.lessons-speaker { display: grid; font: 18px/1.4 system-ui, sans-serif; gap: 12px; grid-template: auto auto 1fr / 3fr 2fr; padding: 12px; }
.lessons-speaker header { align-items: baseline; display: flex; gap: 24px; grid-column: 1 / 3; }
.lessons-speaker output { font-size: 28px; font-variant-numeric: tabular-nums; }
.lessons-speaker button { margin-left: auto; }
.lessons-speaker section > h2 { font-size: 16px; font-weight: 400; margin: 0 0 4px; color: #555; }
.lessons-speaker section:last-child { grid-column: 1 / 3; }
.lessons-speaker #notes { font-size: 20px; }
.lessons-speaker .late { color: #b00020; font-weight: 700; }
.lessons-speaker .jp-NotebookPanel { border: 1px solid #999; height: 100%; left: 0; overflow: hidden; position: relative; }
.lessons-speaker #now { --lessons-zoom: 0.56; height: 405px; width: 718px; }
.lessons-speaker #next { --lessons-zoom: 0.36; height: 260px; width: 462px; }
.lessons-speaker .jp-Notebook { height: 720px; max-height: none; overflow: hidden; }
`;

let view = null; // { window, slide, began, end, due }: due is the copy to be taken, end in minutes

const rulesOf = (sheet) => {
  try {
    return [...sheet.cssRules].map(({ cssText }) => cssText);
  } catch {
    return []; // of another host, as an extension may bring
  }
};

function copyStyles({ document: page }) {
  const text = [...document.styleSheets].flatMap(rulesOf).join("\n");
  page.getElementById("copied").textContent = text;
  for (const { name, value } of document.body.attributes) {
    if (name.startsWith("data-")) page.body.setAttribute(name, value);
  }
}

// Imported, not cloned and moved: JupyterLab's own elements share style sheets with their document alone.
function copyCell({ node }) {
  const copy = view.window.document.importNode(node, true);
  copy.classList.add("jp-deck-mod-visible", "jp-deck-mod-onscreen");
  const drawn = node.querySelectorAll("canvas");
  copy.querySelectorAll("canvas").forEach((canvas, n) => {
    if (drawn[n].width && drawn[n].height) canvas.getContext("2d").drawImage(drawn[n], 0, 0);
  });
  copy.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
  return copy;
}

function showSlide(place, cells) {
  const page = place.ownerDocument;
  const [panel, notebook] = ["jp-Deck jp-NotebookPanel", "jp-Notebook"].map((name) => {
    const box = page.createElement("div");
    box.className = name;
    return box;
  });
  notebook.append(...cells.map(copyCell));
  panel.append(notebook);
  place.replaceChildren(panel);
}

const minutesOf = (cells) =>
  cells
    .flatMap(({ model }) => [...model.sharedModel.source.matchAll(MINUTES)])
    .reduce((sum, [, minutes]) => sum + Number(minutes), 0);

// A path's notebook says a slide's minutes in its first cell; else they are those of the notes.
const planned = (content, starts) =>
  starts.reduce((sum, start) => {
    const own = content.widgets[start].model.getMetadata("lessons")?.minutes;
    return sum + (own ?? minutesOf(cellsOfSlide(content, start).notes));
  }, 0);

function tick() {
  const { window: { document: page }, began, end } = view;
  const now = new Date();
  const elapsed = Math.floor((now - began) / 1000);
  const late = end && elapsed > 60 * end;
  page.getElementById("clock").value = now.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const seconds = String(elapsed % 60).padStart(2, "0");
  page.getElementById("elapsed").value = `${Math.floor(elapsed / 60)}:${seconds} gone`;
  page.getElementById("target").value = end ? `this slide until minute ${end}` : "";
  page.getElementById("target").className = late ? "late" : "";
}

function showNotes(place, notes) {
  const copies = notes.map(({ node }) => node.querySelector(".jp-MarkdownOutput"));
  place.replaceChildren(...copies.filter(Boolean).map((one) => place.ownerDocument.importNode(one, true)));
  place.querySelectorAll("summary").forEach((part) => part.remove());
  place.querySelectorAll("details").forEach((part) => part.replaceWith(...part.childNodes));
}

function showNow({ content }, current) {
  const { shown } = cellsOfSlide(content, current);
  const onStage = shown.filter((cell) => cell.hasClass("jp-deck-mod-visible"));
  showSlide(view.window.document.getElementById("now"), onStage);
}

// All that stays as long as the slide does.
function showRest({ content, title }, current) {
  const page = view.window.document;
  const starts = slideStarts(content);
  const number = starts.indexOf(current);
  const next = starts[number + 1];
  copyStyles(view.window);
  showSlide(page.getElementById("next"), next === undefined ? [] : cellsOfSlide(content, next).shown);
  showNotes(page.getElementById("notes"), cellsOfSlide(content, current).notes);
  const id = content.widgets[current].model.id;
  page.getElementById("name").textContent = `${title.label} · ${id} · ${number + 1} of ${starts.length}`;
  view.end = planned(content, starts.slice(0, number + 1));
  view.slide = current;
  tick();
}

function show(panel) {
  const current = slideOf(panel.content, panel.content.activeCellIndex);
  if (current !== view.slide) showRest(panel, current);
  showNow(panel, current);
}

const isOpen = () => Boolean(view && !view.window.closed);

// Whenever something on the stage has changed, but not more often than is worth it.
export function refreshSpeaker(panel) {
  if (!isOpen() || view.due) return;
  view.due = setTimeout(() => {
    view.due = null;
    if (isOpen()) show(panel);
  }, PAUSE);
}

function watch(panel) {
  const observer = new MutationObserver(() => refreshSpeaker(panel));
  observer.observe(panel.content.node, { attributes: true, childList: true, subtree: true });
  const clock = setInterval(() => {
    if (isOpen()) return tick();
    clearInterval(clock);
    observer.disconnect();
  }, 1000);
}

// Opens the window, or brings it to the front; `onKey` is the stage's own listener.
export function openSpeaker(app, onKey) {
  const panel = app.shell.currentWidget;
  if (isOpen()) return view.window.focus();
  const opened = window.open("", "", "popup,width=1240,height=860");
  if (!opened) return; // the browser refuses windows, and says so itself
  opened.document.body.innerHTML = PAGE;
  opened.document.head.innerHTML = `<base href="${location.href}"><style id="copied"></style><style>${LOOK}</style>`;
  view = { window: opened, slide: null, began: new Date(), end: 0, due: null };
  opened.document.getElementById("restart").onclick = () => {
    view.began = new Date();
    tick();
  };
  opened.addEventListener("keydown", onKey);
  window.addEventListener("pagehide", () => opened.close(), { once: true });
  watch(panel);
  show(panel);
}

// Moving through a deck: first the next step of what is on the screen, then the next slide.

import { hideLastRow, hideRows, showNextRow } from "./rows.js";
import { fitSlide, refitOnChange } from "./stage.js";

const FORWARD = new Set(["PageDown", "ArrowRight", "ArrowDown", " "]);
const BACKWARD = new Set(["PageUp", "ArrowLeft", "ArrowUp"]);
const CLICKER = new Set(["PageDown", "PageUp"]);
const BLANK = new Set([".", "b"]);
const TAKES_KEYS = "input, textarea, select, button, [contenteditable=true], [role=slider]";

export const isPresenting = () => document.body.dataset.jpDeckMode === "presenting";

const visibleCells = (panel) => [...panel.node.querySelectorAll(".jp-Cell.jp-deck-mod-visible")];

const slideType = (cell) => cell.model.getMetadata("slideshow")?.slide_type;

// Notes and skipped cells are no place to begin at: the deck would show an empty page.
function startingPoint({ widgets, activeCellIndex }) {
  const shown = (index) => !["notes", "skip"].includes(slideType(widgets[index]));
  let index = activeCellIndex;
  while (index > 0 && !shown(index)) index -= 1;
  return index;
}

function markCells({ widgets }) {
  for (const cell of widgets) {
    const tags = cell.model.getMetadata("tags") ?? [];
    cell.toggleClass("lessons-hide-input", tags.includes("hide-input"));
  }
}

function arrive(panel, cells) {
  cells.forEach(hideRows);
  fitSlide(panel);
}

export async function start(app) {
  const panel = app.shell.currentWidget;
  if (!panel?.content?.widgets) return;
  panel.content.activeCellIndex = startingPoint(panel.content);
  markCells(panel.content);
  await app.commands.execute("deck:start");
  arrive(panel, visibleCells(panel));
  refitOnChange(panel);
}

// Each cell of a slide is a stop for jupyterlab-slideshow, although all are on the screen already.
async function move(app, direction) {
  const { content } = app.shell.currentWidget;
  const before = visibleCells(app.shell.currentWidget);
  for (let last = null; last !== content.activeCellIndex; ) {
    last = content.activeCellIndex;
    await app.commands.execute("deck:go", { direction });
    const now = visibleCells(app.shell.currentWidget);
    if (now.length !== before.length || now.some((cell) => !before.includes(cell))) {
      return now.filter((cell) => !before.includes(cell));
    }
  }
  return [];
}

function pressNextStep(cells) {
  const buttons = cells.flatMap((cell) => [...cell.querySelectorAll(".lessons-next-step")]);
  const button = buttons.find((candidate) => !candidate.disabled);
  button?.click();
  return Boolean(button);
}

export async function forward(app) {
  const panel = app.shell.currentWidget;
  const cells = visibleCells(panel);
  if (pressNextStep(cells) || cells.some(showNextRow)) return;
  arrive(panel, await move(app, "forward"));
}

export async function backward(app) {
  const panel = app.shell.currentWidget;
  if (visibleCells(panel).reverse().some(hideLastRow)) return;
  await move(app, "back");
  fitSlide(panel);
}

function reaction({ key, target, shiftKey, ctrlKey, altKey, metaKey }) {
  if (ctrlKey || altKey || metaKey) return null;
  if (key === "F5") return () => {}; // many clickers send it; it would reload the page
  if (!CLICKER.has(key) && target.closest?.(TAKES_KEYS)) return null;
  if (BLANK.has(key)) return () => document.body.classList.toggle("lessons-blank");
  if (key === " " && shiftKey) return backward;
  if (FORWARD.has(key)) return forward;
  return BACKWARD.has(key) ? backward : null;
}

// Before JupyterLab sees them: a clicker has to work wherever the focus is, also on a slider.
export function listenToKeys(app) {
  let moves = Promise.resolve();
  const react = (event, action) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    moves = moves.then(() => action(app));
  };
  const onKey = (event) => {
    const action = isPresenting() && reaction(event);
    if (action) react(event, action);
  };
  const onClick = (event) => {
    const ways = { forward, back: backward };
    for (const [way, action] of Object.entries(ways)) {
      if (event.target.closest?.(`.jp-deck-mod-direction-${way}`)) react(event, action);
    }
  };
  window.addEventListener("keydown", onKey, { capture: true });
  window.addEventListener("click", onClick, { capture: true });
}

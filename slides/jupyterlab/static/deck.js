// Moving through a deck: first the next step of what is on the screen, then the next slide.

import { savedTalk, saveTalk, startingPoint } from "./place.js";
import { zoomBack } from "./pointing.js";
import { hideLastRow, hideRows, showNextRow } from "./rows.js";
import { refreshSpeaker } from "./speaker.js";
import { fitSlide, refitOnChange } from "./stage.js";

export const isPresenting = () => document.body.dataset.jpDeckMode === "presenting";

const visibleCells = (panel) => [...panel.node.querySelectorAll(".jp-Cell.jp-deck-mod-visible")];

function markCells({ widgets }) {
  for (const cell of widgets) {
    const tags = cell.model.getMetadata("tags") ?? [];
    cell.toggleClass("lessons-hide-input", tags.includes("hide-input"));
  }
}

function arrive(panel, cells) {
  cells.forEach(hideRows);
  fitSlide(panel);
  remember(panel);
  refreshSpeaker(panel);
}

// jupyterlab-slideshow writes its mode to the settings a moment later, and obeys what it finds there:
// whoever starts or stops before that is overruled.
async function modeIsSaved({ serviceManager }, active) {
  for (let tries = 0; tries < 40; tries += 1) {
    const { settings } = await serviceManager.settings.fetch("jupyterlab-slideshow:plugin");
    if (Boolean(settings.active) === active) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

// A second after its start it closes the side panels once more, even where the slides were left meanwhile.
const CLOSES_PANELS = 1000;
let panelsAreClosed = Promise.resolve();

let panels = null; // which side panels were open before

const openPanels = ({ leftCollapsed, rightCollapsed }) => ({ Left: !leftCollapsed, Right: !rightCollapsed });

const remember = (panel) => saveTalk(panel, { presenting: true, panels });

export async function start(app, index) {
  const { shell } = app;
  const panel = shell.currentWidget;
  if (!panel?.content?.widgets) return;
  const talk = savedTalk();
  panels ??= talk?.presenting ? talk.panels : openPanels(shell); // a reload finds them closed
  panel.content.activeCellIndex = index ?? startingPoint(panel);
  panel.content.mode = "command";
  markCells(panel.content);
  await app.commands.execute("deck:start");
  panelsAreClosed = new Promise((resolve) => setTimeout(resolve, CLOSES_PANELS));
  arrive(panel, visibleCells(panel));
  refitOnChange(panel);
  await modeIsSaved(app, true);
}

export async function leave(app) {
  const { shell } = app;
  const panel = shell.currentWidget;
  saveTalk(panel, { presenting: false });
  document.body.classList.remove("lessons-blank", "lessons-pointer");
  zoomBack();
  await panelsAreClosed;
  await app.commands.execute("deck:stop");
  await modeIsSaved(app, false);
  for (const [side, open] of Object.entries(panels ?? {})) if (open) shell[`expand${side}`]();
  panels = null;
  await panel.content.scrollToItem(panel.content.activeCellIndex, "center");
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

export async function forward(app) {
  const panel = app.shell.currentWidget;
  const cells = visibleCells(panel);
  if (cells.some(showNextRow)) return;
  arrive(panel, await move(app, "forward"));
}

export async function backward(app) {
  const panel = app.shell.currentWidget;
  if (visibleCells(panel).reverse().some(hideLastRow)) return;
  await move(app, "back");
  arrive(panel, []);
}

const save = (app) => app.commands.execute("docmanager:save");

const run = (app) => app.commands.execute("notebook:run-cell");

function stopTyping(app) {
  document.activeElement?.blur();
  app.shell.currentWidget.content.mode = "command";
}

export const moves = { start, leave, forward, backward, save, run, stopTyping };

// Guard of the stage: while presenting, no stray key or click changes the notebook.
//
// JupyterLab's command-mode shortcuts (x deletes a cell, 00 restarts the kernel) stay active on slides.
// This window listens before them. A key is ours, or a control's, or the browser's, or it is dropped.

import { isTyping, keepsKey, settleFocus } from "./controls.js";
import { togglePointer, zoomBack, zoomOnAltClick } from "./pointing.js";
import { openSpeaker } from "./speaker.js";

const FORWARD = new Set(["PageDown", "ArrowRight", "ArrowDown", " ", "Enter"]);
const BACKWARD = new Set(["PageUp", "ArrowLeft", "ArrowUp", "Backspace"]);
const CLICKER = new Set(["PageDown", "PageUp"]);
const TOGGLES = { ".": toggleBlank, b: toggleBlank, p: togglePointer };
const MODIFIER = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock"]);
const BROWSER = /^(Tab|F(?!5$|9$)\d+)$/; // F5, which many clickers send, would reload the page

const UNDO = /^[zy]$/i; // a program's editor leaves both to JupyterLab

const ON_STAGE = ".jp-deck-mod-visible, .jp-Deck-Remote, .lessons-speaker";
const ELSEWHERE = ".jp-Dialog, .lm-Menu";
const BLANKED = "lessons-blank";

function toggleBlank() {
  document.body.classList.toggle(BLANKED);
}

// A key that moves on first brings the slide back as it was, if it is dark or enlarged.
const through = (move) => (app) => {
  const dark = document.body.classList.contains(BLANKED);
  document.body.classList.remove(BLANKED);
  return zoomBack() || dark || move(app);
};

// What a key does: a function of the application, or who else gets it.
function meaning(event, moves) {
  const { key, target, shiftKey } = event;
  const command = event.ctrlKey || event.metaKey;
  const run = key === "Enter" && (command || shiftKey);
  if (key === "F9") return moves.leave;
  if (command && key.toLowerCase() === "s") return moves.save;
  if (CLICKER.has(key)) return through(key === "PageDown" ? moves.forward : moves.backward);
  if (isTyping(target)) {
    if (target.closest(".jp-mod-completer-active")) return "JupyterLab";
    if (key === "Escape") return moves.stopTyping;
    if (run && target.closest(".jp-CodeCell")) return moves.run;
    if (command && UNDO.test(key) && target.closest(".jp-CodeCell")) return "JupyterLab";
    return key === "Tab" ? "JupyterLab" : "control";
  }
  if (command || event.altKey || BROWSER.test(key)) return "control";
  if (target.closest?.(ON_STAGE) && keepsKey(target, key)) return "control";
  if (key.toLowerCase() in TOGGLES) return TOGGLES[key.toLowerCase()];
  if (key.toLowerCase() === "s") return moves.speak;
  if (BACKWARD.has(key) || (key === " " && shiftKey)) return through(moves.backward);
  if (FORWARD.has(key)) return through(moves.forward);
  return () => {};
}

// From an editor's first or last line JupyterLab goes on to the cell beside it, and opens its text.
const EDGES = { ArrowUp: () => 0, ArrowDown: ({ lineCount }) => lineCount - 1 };

function leavesEditor(app, { key, target, shiftKey }) {
  if (!(key in EDGES) || shiftKey || !target.closest?.(".cm-content")) return false;
  const { editor } = app.shell.currentWidget.content.activeCell;
  return editor?.getCursorPosition().line === EDGES[key](editor);
}

// For this one event: the attribute is JupyterLab's own way to be told.
function suppressShortcuts({ target }) {
  target.setAttribute?.("data-lm-suppress-shortcuts", "true");
  setTimeout(() => target.removeAttribute?.("data-lm-suppress-shortcuts"));
}

const drop = (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
};

// `moves` are functions of the application: start, leave, forward, backward, save, run, stopTyping.
export function guard(app, isPresenting, moves) {
  let queue = Promise.resolve();
  const dropped = new Set();
  const react = (event, action) => {
    drop(event);
    queue = queue.then(() => action(app)).catch(console.error);
  };
  const onKey = (event) => {
    if (MODIFIER.has(event.key) || event.target.closest?.(ELSEWHERE)) return;
    if (!isPresenting()) {
      if (event.key === "F9" && app.shell.currentWidget?.content?.widgets) react(event, moves.start);
      else if (keepsKey(event.target, event.key)) suppressShortcuts(event); // Notebook's come first
      return;
    }
    const action = meaning(event, { ...moves, speak: () => openSpeaker(app, onKey) });
    if (action === "control" && leavesEditor(app, event)) return drop(event);
    if (action === "control") return suppressShortcuts(event);
    if (action === "JupyterLab") return;
    dropped.add(event.code);
    react(event, action);
  };
  // Some browsers press a button when the key is let go.
  const onKeyUp = (event) => {
    if (dropped.delete(event.code)) drop(event);
  };
  const onClick = (event) => {
    if (!isPresenting()) return;
    const ways = { "direction-forward": moves.forward, "direction-back": moves.backward, stop: moves.leave };
    for (const [way, action] of Object.entries(ways)) {
      if (event.target.closest?.(`.jp-deck-mod-${way}`)) react(event, action);
    }
    settleFocus(event);
  };
  const onPointer = (event) => {
    if (isPresenting()) settleFocus(event);
  };
  // A double click would show a text's Markdown, the menu offers to delete the cell.
  const onDoubleClick = (event) => {
    if (isPresenting() && event.target.closest?.(".jp-MarkdownCell")) drop(event);
  };
  const onMenu = (event) => {
    if (isPresenting()) drop(event);
  };
  // Ctrl+Z takes back what was typed last, wherever that was.
  const onInput = (event) => {
    const undoes = event.inputType.startsWith("history");
    if (isPresenting() && undoes && event.target !== document.activeElement) drop(event);
  };
  const listeners = {
    keydown: onKey,
    keyup: onKeyUp,
    pointerdown: onPointer,
    click: onClick,
    dblclick: onDoubleClick,
    contextmenu: onMenu,
    beforeinput: onInput,
  };
  zoomOnAltClick(isPresenting);
  for (const [type, listener] of Object.entries(listeners)) {
    window.addEventListener(type, listener, { capture: true });
  }
}

// The result of the cell that ran stays in view. Shift+Enter goes on to the next cell, and JupyterLab
// scrolls to that one, past the picture that was asked for.

import { isPresenting } from "./deck.js";

const HANDS = ["wheel", "keydown", "pointerdown"];

function scrollIntoView(pane, cell) {
  const output = cell.querySelector(".jp-Cell-outputWrapper");
  const [seen, whole, result] = [pane, cell, output].map((node) => node.getBoundingClientRect());
  if (!result.height) return;
  if (whole.height > seen.height) pane.scrollTop += result.top - seen.top;
  else if (whole.bottom > seen.bottom) pane.scrollTop += whole.bottom - seen.bottom;
  else if (whole.top < seen.top) pane.scrollTop += whole.top - seen.top;
}

let stop = () => {};

// A result grows as it arrives: it is followed until a hand takes over.
function follow(pane, cell) {
  stop();
  const look = () => scrollIntoView(pane, cell);
  const growth = new ResizeObserver(look);
  growth.observe(cell);
  pane.addEventListener("scroll", look);
  stop = () => {
    growth.disconnect();
    pane.removeEventListener("scroll", look);
    for (const hand of HANDS) window.removeEventListener(hand, stop, true);
  };
  for (const hand of HANDS) window.addEventListener(hand, stop, true);
}

export function keepResultsInView(app) {
  app.commands.commandExecuted.connect((_, { id }) => {
    if (id !== "notebook:run-cell-and-select-next" || isPresenting()) return;
    const { content } = app.shell.currentWidget;
    const ran = content.widgets[content.activeCellIndex - 1];
    const pane = content.node.querySelector(".jp-WindowedPanel-outer") ?? content.node;
    if (ran?.model.type === "code") follow(pane, ran.node);
  });
}

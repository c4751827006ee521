// Where a talk stands: its slides, where F9 begins, and where a reload or leaving comes back to.

const KEY = "lessons:talk";

const slideType = (cell) => cell.model.getMetadata("slideshow")?.slide_type;

// Indices of the cells that begin a slide.
export const slideStarts = ({ widgets }) =>
  widgets.flatMap((cell, index) => (slideType(cell) === "slide" || index === 0 ? [index] : []));

export const slideOf = (content, index) => slideStarts(content).findLast((start) => start <= index);

// The cells of the slide that begins at an index: those shown, and the speaker's notes.
export function cellsOfSlide(content, start) {
  const next = slideStarts(content).find((other) => other > start);
  const cells = content.widgets.slice(start, next);
  const isShown = (cell) => !["notes", "skip"].includes(slideType(cell));
  return { shown: cells.filter(isShown), notes: cells.filter((cell) => slideType(cell) === "notes") };
}

function isInView({ node }, content) {
  const view = (content.outerNode ?? content.node).getBoundingClientRect();
  const { top, bottom, height } = node.getBoundingClientRect();
  return node.isConnected && height > 0 && bottom > view.top + 1 && top < view.bottom - 1;
}

// The first cell that begins in view: of the one before there may be a strip. A long one fills it all.
function firstInView(content) {
  const { top } = (content.outerNode ?? content.node).getBoundingClientRect();
  const seen = content.widgets.map((cell) => isInView(cell, content));
  const begins = ({ node }, index) => seen[index] && node.getBoundingClientRect().top >= top - 1;
  const first = content.widgets.findIndex(begins);
  return first < 0 ? seen.indexOf(true) : first;
}

export const savedTalk = () => JSON.parse(sessionStorage.getItem(KEY) ?? "null");

// `state` says whether it is `presenting`, and which side `panels` leaving opens again.
export function saveTalk({ context, content }, state) {
  const cell = content.activeCell?.model.id;
  sessionStorage.setItem(KEY, JSON.stringify({ path: context.path, cell, ...state }));
}

// The slide left before, if its cell is still selected and in view; else the cell in view. After "Run
// all" the last cell is selected: nobody begins a talk at its last slide.
export function startingPoint({ content, context }) {
  const { activeCell, activeCellIndex } = content;
  const saved = savedTalk();
  const inView = activeCell && isInView(activeCell, content);
  if (inView && saved?.path === context.path && saved.cell === activeCell.model.id) {
    return slideOf(content, activeCellIndex);
  }
  const index = inView ? activeCellIndex : firstInView(content);
  const start = slideOf(content, Math.max(index, 0));
  return start === slideStarts(content).at(-1) ? 0 : start;
}

// A derivation appears a row at a time: each row of an aligned equation in an output is a step. One that
// a kernel opens line by line has buttons for it, which are pressed.

const HIDDEN = "lessons-hidden";

// A matrix within a row is a table as well; only the equation's own rows are steps.
function rows(cell) {
  const tables = cell.querySelectorAll(".jp-OutputArea mjx-math > mjx-mtable");
  const whole = [...tables].filter((table) => !table.closest(".lessons-reveal"));
  return whole.flatMap((table) =>
    [...table.querySelectorAll("mjx-mtr")].filter((row) => row.closest("mjx-mtable") === table),
  );
}

// Whose kernel has gone opens nothing: what stands there is passed by.
function press(cell, way) {
  const idle = ".lessons-idle, .jupyter-widgets-disconnected *";
  const button = cell.querySelector(`.lessons-${way}-step:not(${idle})`);
  button?.click();
  return Boolean(button);
}

export function hideRows(cell) {
  press(cell, "first");
  for (const row of rows(cell).slice(1)) row.classList.add(HIDDEN);
}

export function showNextRow(cell) {
  const next = rows(cell).find((row) => row.classList.contains(HIDDEN));
  next?.classList.remove(HIDDEN);
  return Boolean(next) || press(cell, "next");
}

export function hideLastRow(cell) {
  const shown = rows(cell).filter((row) => !row.classList.contains(HIDDEN));
  if (shown.length < 2) return press(cell, "back");
  shown.at(-1).classList.add(HIDDEN);
  return true;
}

// A derivation appears a row at a time: each row of an aligned equation in an output is a step.

const HIDDEN = "lessons-hidden";

// A matrix within a row is a table as well; only the equation's own rows are steps.
function rows(cell) {
  const tables = cell.querySelectorAll(".jp-OutputArea mjx-math > mjx-mtable");
  return [...tables].flatMap((table) =>
    [...table.querySelectorAll("mjx-mtr")].filter((row) => row.closest("mjx-mtable") === table),
  );
}

export function hideRows(cell) {
  for (const row of rows(cell).slice(1)) row.classList.add(HIDDEN);
}

export function showNextRow(cell) {
  const next = rows(cell).find((row) => row.classList.contains(HIDDEN));
  next?.classList.remove(HIDDEN);
  return Boolean(next);
}

export function hideLastRow(cell) {
  const shown = rows(cell).filter((row) => !row.classList.contains(HIDDEN));
  if (shown.length < 2) return false;
  shown.at(-1).classList.add(HIDDEN);
  return true;
}

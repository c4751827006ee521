// Typeset, make each row of a derivation a step, let films be moved, fit each slide, then show the deck.

const STAGE = { width: 1280, height: 720 };

// Widgets with text ask for MathJax 2.
MathJax.Hub = {
  Queue: ([, , node]) => MathJax.startup.promise.then(() => MathJax.typesetPromise([node])),
};

// A matrix within a row is a table as well; only the equation's own rows are steps.
function rowsToFragments() {
  const outermost = ".output g[data-mml-node=math] > g[data-mml-node=mtable]";
  for (const table of document.querySelectorAll(outermost)) {
    const rows = [...table.querySelectorAll("g[data-mml-node=mtr]")];
    const own = rows.filter((row) => row.closest("g[data-mml-node=mtable]") === table);
    for (const row of own.slice(1)) row.classList.add("fragment");
  }
}

function fit(slide) {
  const parts = [slide, ...slide.querySelectorAll(".output_subarea, mjx-container[display=true], pre")];
  // A formula within a line has no width of its own in Firefox; the slide sees whether it runs out.
  const spills = (node) => node.scrollWidth > node.clientWidth + 1;
  const set = (scale) => {
    slide.style.setProperty("--scale", scale);
    slide.classList.toggle("large", scale > 1);
  };
  const fits = (scale) => {
    set(scale);
    return slide.scrollHeight <= STAGE.height && !parts.some(spills);
  };
  set(largest(fits));
}

// ipywidgets gives neither sliders a name nor pictures a description.
function describe(film) {
  for (const handle of film.querySelectorAll("[role=slider]:not([aria-label])")) {
    const label = handle.closest(".widget-slider").querySelector(".widget-label");
    handle.setAttribute("aria-label", label?.textContent.trim() || "frame");
  }
  for (const image of film.querySelectorAll("img:not([alt])")) image.alt = image.title;
}

function watchFilms() {
  for (const film of document.querySelectorAll(".film")) {
    const look = () => {
      describe(film);
      if (film.closest("section.present")) refit();
    };
    new MutationObserver(look).observe(film, { childList: true, subtree: true });
  }
}

function refit() {
  fit(Reveal.getCurrentSlide());
  Reveal.layout();
}

const ENTER = 13;
const MOVES = { 32: "next", 33: "prev", 34: "next", 37: "prev", 38: "prev", 39: "next", 40: "next" };

// As in JupyterLab: what would move on first brings the slide back from black; Enter ends the overview.
function comesBack(keyCode) {
  if (Reveal.isPaused() && (keyCode === ENTER || MOVES[keyCode])) Reveal.togglePause(false);
  else if (Reveal.isOverview() && keyCode === ENTER) Reveal.toggleOverview(false);
  else return false;
  return true;
}

// Before a control hears of it, which would move: a slider takes a clicker's keys as well.
function lead(event) {
  const { target, key, keyCode } = event;
  if (!comesBack(keyCode)) {
    if (!key.startsWith("Page") || !target.closest?.("[role=slider]")) return;
    Reveal[MOVES[keyCode]]();
  }
  event.stopImmediatePropagation();
  event.preventDefault();
}

// The speaker's window sends keys without a target, and by their code alone.
const isForSlides = ({ target, key, keyCode }) =>
  target ? !keepsKey(target, key) : !comesBack(keyCode);

async function show() {
  await MathJax.startup.promise;
  await MathJax.typesetPromise();
  rowsToFragments();
  watchFilms();
  zoomOnAltClick(() => true);
  for (const type of ["pointerdown", "click"]) window.addEventListener(type, settleFocus);
  window.addEventListener("keydown", lead, { capture: true });
  await Reveal.initialize({
    ...STAGE,
    margin: 0,
    maxScale: 4,
    center: false, // titles stand at one height
    hash: true,
    slideNumber: "c/t",
    transition: "none",
    pdfSeparateFragments: false,
    pdfMaxPagesPerSlide: 1,
    keyboard: { 13: "next", 38: "prev", 40: "next", 80: togglePointer }, // Enter, up, down, P as in JupyterLab
    defaultTiming: 0, // seconds of a slide whose notes say none
    keyboardCondition: isForSlides,
    plugins: [RevealNotes],
  });
  Reveal.on("slidechanged", () => {
    zoomBack();
    refit();
  });
  Reveal.on("pdf-ready", () => document.querySelectorAll(".slides section").forEach(fit));
  refit();
  joinTalk();
  document.documentElement.dataset.ready = "true";
}

window.addEventListener("load", show);

// Typeset, make each row of a derivation a step, let films be moved, fit each slide, then show the deck.

const SCALES = [1, 0.92, 0.84, 0.76, 0.68]; // what does not fit at two thirds has to be split
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
  for (const scale of SCALES) {
    slide.style.setProperty("--scale", scale);
    const wide = [slide, ...slide.querySelectorAll(".output_subarea, mjx-container")];
    const spills = wide.some((node) => node.scrollWidth > Math.max(node.clientWidth, 1) + 1);
    if (!spills && slide.scrollHeight <= STAGE.height) return;
  }
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

// Arrows move a slider that has the focus; all other keys move the deck, also a clicker's.
const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", " "];
const takesKey = (event) =>
  event.target.closest("[role=slider], button, input, select") && ARROWS.includes(event.key);

async function show() {
  await MathJax.startup.promise;
  await MathJax.typesetPromise();
  rowsToFragments();
  watchFilms();
  await Reveal.initialize({
    ...STAGE,
    margin: 0,
    maxScale: 4,
    center: true,
    hash: true,
    slideNumber: "c/t",
    transition: "none",
    pdfSeparateFragments: false,
    pdfMaxPagesPerSlide: 1,
    keyboardCondition: (event) => !takesKey(event),
    plugins: [RevealNotes],
  });
  Reveal.on("slidechanged", refit);
  Reveal.on("pdf-ready", () => document.querySelectorAll(".slides section").forEach(fit));
  refit();
  document.documentElement.dataset.ready = "true";
}

window.addEventListener("load", show);

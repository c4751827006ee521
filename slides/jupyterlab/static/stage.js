// A slide is laid out on 1280×720 pixels, whatever the projector; the stage is zoomed to fit it.

const WIDTH = 1280;
const HEIGHT = 720;
const SCALES = [1, 0.92, 0.84, 0.76, 0.68]; // what does not fit at two thirds has to be split

export function fitStage() {
  const fit = () => {
    const zoom = Math.min(innerWidth / WIDTH, innerHeight / HEIGHT);
    document.documentElement.style.setProperty("--lessons-zoom", zoom);
  };
  window.addEventListener("resize", fit);
  fit();
}

const overflows = (node) =>
  node.scrollHeight > node.clientHeight + 1 || node.scrollWidth > node.clientWidth + 1;

// Derivations, tables, pictures and explorers are as large as their slide allows.
export function fitSlide({ content: { node } }) {
  const stage = node.querySelector(".jp-WindowedPanel-outer") ?? node;
  const parts = node.querySelectorAll(
    ".jp-deck-mod-visible :is(.jp-OutputArea-output, .jp-MarkdownOutput)",
  );
  for (const scale of SCALES) {
    node.style.setProperty("--lessons-scale", scale);
    if (![stage, ...parts].some(overflows)) return;
  }
}

// Fonts of formulas load late, and a cell that is run on its slide may answer with more than before.
const watched = new WeakSet();

export function refitOnChange(panel) {
  const content = panel.content.node.querySelector(".jp-WindowedPanel-viewport");
  if (!content || watched.has(content)) return;
  watched.add(content);
  new ResizeObserver(() => panel.hasClass("jp-Deck") && fitSlide(panel)).observe(content);
}

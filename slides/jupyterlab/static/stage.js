// A slide is laid out on 1280×720 pixels, whatever the projector; the stage is zoomed to fit it.

const WIDTH = 1280;
const HEIGHT = 720;
const MATH_SIZES = [24, 22, 20, 18, 16]; // px; below 16 a slide has to be split

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

// A derivation is as large as its slide allows.
export function fitEquations({ content: { node } }) {
  const stage = node.querySelector(".jp-WindowedPanel-outer") ?? node;
  const outputs = node.querySelectorAll(".jp-deck-mod-visible .jp-OutputArea-output");
  for (const size of MATH_SIZES) {
    node.style.setProperty("--lessons-math-size", `${size}px`);
    if (![stage, ...outputs].some(overflows)) return;
  }
}

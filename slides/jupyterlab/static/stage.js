// A slide is laid out on 1280×720 pixels, whatever the projector; the stage is zoomed to fit it.

import { largest } from "./largest.js";

const WIDTH = 1280;
const HEIGHT = 720;

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

// The editor itself remembers how wide it was with larger type, so its lines are measured.
function runsOut(line) {
  const text = document.createRange();
  text.selectNodeContents(line);
  const { right } = line.closest(".cm-scroller").getBoundingClientRect();
  return text.getBoundingClientRect().right > right;
}

// Everything is as large as its slide allows; below 1, prose and code keep their size. Only the cells
// on the screen are told: a new size for the whole notebook would lay out every formula in it.
export function fitSlide({ content: { node } }) {
  const stage = node.querySelector(".jp-WindowedPanel-outer") ?? node;
  const cells = [...node.querySelectorAll(".jp-deck-mod-visible")];
  const find = (selector) => cells.flatMap((cell) => [...cell.querySelectorAll(selector)]);
  const parts = [stage, ...find(".jp-OutputArea-output, .jp-MarkdownOutput, pre")];
  const lines = find(".cm-line");
  const set = (scale) => {
    for (const cell of cells) {
      cell.style.setProperty("--lessons-scale", scale);
      cell.classList.toggle("lessons-large", scale > 1);
    }
  };
  const fits = (scale) => {
    set(scale);
    return !parts.some(overflows) && !lines.some(runsOut);
  };
  const scale = largest(fits);
  if (scale < 1) {
    set(1);
    lower(find(".lessons-picture canvas"), parts);
  }
  set(scale);
}

// A picture can be lower, which leaves its type as it is. It comes in a moment, and then all fits; a
// kernel that is busy or gone leaves the picture as it was, on a slide that is smaller.
function lower([picture, ...others], parts) {
  if (!picture || others.length) return;
  const over = Math.max(...parts.map((node) => node.scrollHeight - node.clientHeight));
  const detail = picture.offsetHeight - over;
  picture.dispatchEvent(new CustomEvent("lessons-room", { detail }));
}

// Fonts of formulas load late, and a cell that is run on its slide may answer with more than before.
const watched = new WeakSet();

export function refitOnChange(panel) {
  const content = panel.content.node.querySelector(".jp-WindowedPanel-viewport");
  if (!content || watched.has(content)) return;
  watched.add(content);
  new ResizeObserver(() => panel.hasClass("jp-Deck") && fitSlide(panel)).observe(content);
}

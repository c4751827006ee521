// Typeset, and make what is wider than the page as narrow as the page.

const COLUMN = 665; // px, an A4 page between its margins

async function layOut() {
  await MathJax.startup.promise;
  await MathJax.typesetPromise();
  for (const part of document.querySelectorAll("mjx-container[display=true], table")) {
    const wide = part.matches("table") ? part : part.querySelector("svg");
    const { width: column } = part.closest(".shown")?.getBoundingClientRect() ?? { width: COLUMN };
    const scale = column / wide.getBoundingClientRect().width;
    if (scale < 1) part.style.fontSize = `${Math.floor(scale * 100)}%`;
  }
  document.documentElement.dataset.ready = "true";
}

window.addEventListener("load", layOut);

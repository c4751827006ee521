// ipywidgets gives a slider's handle no name, so a screen reader says only its number.

function nameSlider(handle) {
  const label = handle.closest(".jupyter-widgets")?.querySelector(".widget-label")?.textContent;
  if (label && !handle.hasAttribute("aria-label")) handle.setAttribute("aria-label", label.trim());
}

export function nameSliders() {
  const nameAll = () => document.querySelectorAll("[role=slider]").forEach(nameSlider);
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
}

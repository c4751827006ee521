// Keys that the control with the focus needs for itself; all others belong to the slides.

const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
const PRESS = [" ", "Enter"];
const TYPED = "input:not([type=checkbox], [type=radio], [type=range], [type=button]), textarea, [contenteditable=true]";
const POINTED = "button, summary, a[href], input[type=checkbox], input[type=radio]";
const KEPT = {
  "[role=slider], input[type=range]": [...ARROWS, "Home", "End"],
  ".lessons-picture canvas": [...ARROWS, "Enter", "Escape"],
  "[data-handle]:not(.noUi-handle)": [...ARROWS, "Enter", "Escape"],
  select: [...ARROWS, ...PRESS],
  "input[type=radio]": [...ARROWS, " "],
  "button, summary, input[type=checkbox]": PRESS,
  "a[href]": ["Enter"],
};

export const isTyping = (target) => Boolean(target.closest?.(TYPED));

export const keepsKey = (target, key) =>
  Object.entries(KEPT).some(([control, keys]) => keys.includes(key) && target.closest?.(control));

// What was pressed with the pointer needs no key any more: Space would press it again. A slider does,
// and noUiSlider does not give itself the focus.
export function settleFocus({ type, target, detail }) {
  if (type === "pointerdown") {
    const handle = target.closest?.(".noUi-target")?.querySelector("[role=slider]");
    if (handle) setTimeout(() => handle.focus({ preventScroll: true }));
  } else if (detail && target.closest?.(POINTED)) {
    setTimeout(() => document.activeElement?.blur());
  }
}

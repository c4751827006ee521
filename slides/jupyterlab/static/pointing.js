// Pointing at a slide: P makes the cursor a dot that a whole room sees, Alt and a click enlarge the place.

const POINTER = "lessons-pointer";

export const togglePointer = () => document.body.classList.toggle(POINTER);

export function zoomBack() {
  const { style } = document.body;
  const was = style.transform !== "";
  style.transform = style.transformOrigin = "";
  return was;
}

export function zoomOnAltClick(isPresenting) {
  const onClick = (event) => {
    if (!event.altKey || !isPresenting()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (zoomBack()) return;
    document.body.style.transformOrigin = `${event.clientX}px ${event.clientY}px`;
    document.body.style.transform = "scale(2)";
  };
  window.addEventListener("click", onClick, { capture: true });
}

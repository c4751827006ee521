// What a screen reader needs and neither JupyterLab nor ipywidgets gives: names of slider handles and
// descriptions of pictures.

function nameSlider(handle) {
  const label = handle.closest(".widget-slider")?.querySelector(".widget-label")?.textContent;
  if (label) handle.setAttribute("aria-label", label.trim());
}

// A button of an ipywidgets player shows an icon and nothing else: fa-play, fa-stop, fa-retweet.
function nameIcon(button) {
  const icon = button.querySelector("i")?.className.match(/fa-(\w+)/);
  if (icon && !button.textContent.trim()) button.setAttribute("aria-label", icon[1]);
}

// The cell's metadata describe its picture; an explorer's stored picture is described by its repr.
function description(cell) {
  const written = cell.model.getMetadata("lessons")?.alt;
  const outputs = Array.from({ length: cell.model.outputs.length }, (_, i) => cell.model.outputs.get(i));
  const plain = outputs.find(({ data }) => data["image/png"])?.data["text/plain"] ?? "<";
  return written ?? (plain.startsWith("<") ? undefined : plain);
}

function describePicture(image, app) {
  const cells = app.shell.currentWidget?.content?.widgets ?? [];
  const cell = cells.find(({ node }) => node.contains(image));
  const text = cell && description(cell);
  if (text) image.setAttribute("alt", text);
}

export function nameAll(app) {
  const seen = new WeakSet();
  const name = () => {
    document.querySelectorAll("[role=slider]:not([aria-label])").forEach(nameSlider);
    document.querySelectorAll("button.jupyter-button:not([aria-label])").forEach(nameIcon);
    for (const image of document.querySelectorAll(".jp-RenderedImage img:not([alt])")) {
      if (!seen.has(image)) describePicture(image, app);
      seen.add(image);
    }
  };
  // A drag changes the page many times a second; names can wait for a twentieth of one.
  let due = null;
  const soon = () => {
    due ??= setTimeout(() => {
      due = null;
      name();
    }, 50);
  };
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
}

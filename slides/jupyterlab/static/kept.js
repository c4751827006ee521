// What a page without a kernel shows in a widget's place: an explorer's picture with its tables, or all
// that is written in any other widget of the lessons, read off it as it stands.

const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function* tree(model) {
  yield model;
  for (const child of model.get("children") ?? []) yield* tree(child);
}

const written = new WeakMap(); // of a picture's model: the bytes that were kept last, encoded again

// A pixel for each that the picture takes up: with all that a fine screen shows the file would grow to
// several times its size.
function encoded(picture, shown) {
  const last = written.get(picture);
  const bytes = picture.get("png");
  if (last?.bytes === bytes) return last.png;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = picture.get("size");
  const brush = canvas.getContext("2d");
  brush.imageSmoothingQuality = "high";
  brush.drawImage(shown, 0, 0, canvas.width, canvas.height);
  const png = canvas.toDataURL("image/png").split(",")[1];
  written.set(picture, { bytes, png });
  return png;
}

function keptPicture({ data, metadata }, picture, tables, canvas) {
  const [width, height] = picture.get("size");
  const png = encoded(picture, canvas);
  const words = picture.get("alternative");
  const kept = { ...data, "image/png": png, "text/plain": words };
  if (data["text/html"] && tables) {
    kept["text/html"] =
      `<style>${tables.get("_css")}</style><div class="lessons-arrays">${tables.get("html")}</div>` +
      `<img src="data:image/png;base64,${png}" width="${width}" height="${height}" alt="${escape(words)}">`;
  }
  return { data: kept, metadata: { ...metadata, "image/png": { width, height } } };
}

function line(model) {
  switch (model.get("_model_name")) {
    case "HTMLModel":
    case "HTMLMathModel":
      return model.get("value");
    case "TextModel":
      // A line that was accepted stands as HTML beside its field.
      return model.get("disabled") || !model.get("value") ? "" : `<code>${escape(model.get("value"))}</code>`;
    default:
      return "";
  }
}

function keptLines({ data, metadata }, root) {
  const { "text/latex": _, ...others } = data; // all of a proof, of which some lines may be hidden
  const lines = [...tree(root)].map(line).filter(Boolean);
  return { data: { ...others, "text/html": `<div>${lines.join("</div><div>")}</div>` }, metadata };
}

export function keptData(output, root, node) {
  const classes = root.get("_dom_classes");
  const parts = [...tree(root)];
  if (classes?.includes("lessons-explorer")) {
    const canvas = node?.querySelector(".lessons-picture canvas");
    const picture = parts.find((part) => part.get("png"));
    const tables = parts.find((part) => typeof part.get("html") === "string");
    return canvas?.dataset.pictures && keptPicture(output, picture, tables, canvas);
  }
  if (classes?.some((name) => name.startsWith("lessons-"))) {
    return keptLines(output, root);
  }
}

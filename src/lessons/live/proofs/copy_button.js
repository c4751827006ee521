// A button that puts a text on the clipboard; where the browser forbids it, a field to copy from.

function render({ model, el }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "jupyter-widgets jupyter-button widget-button";
  button.style.width = "auto";
  button.textContent = model.get("label");
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.style.margin = "0 6px";
  const field = document.createElement("textarea");
  field.readOnly = true;
  field.hidden = true;
  field.setAttribute("aria-label", model.get("label"));
  el.append(button, said, field);

  const copy = async () => {
    const text = model.get("text");
    field.hidden = true;
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = "copied";
    } catch {  // a page that came without https, or a browser that was told no
      field.value = text;
      field.rows = text.split("\n").length;
      field.hidden = false;
      field.focus();
      field.select();
      said.textContent = "selected: copy it by Ctrl+C";
    }
  };
  const forget = () => { said.textContent = ""; field.hidden = true; };
  button.addEventListener("click", copy);
  model.on("change:text", forget);
  return () => model.off("change:text", forget);
}

export default { render };

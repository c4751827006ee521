// Formulas in the table of contents, which JupyterLab lists as they were typed.

export function typesetContents(app) {
  const contents = [...app.shell.widgets("left")].find(({ id }) => id === "table-of-contents");
  const done = new WeakMap(); // the text after typesetting: one that fails is not tried again
  const typeset = () => {
    const typesetter = app.shell.currentWidget?.content?.rendermime?.latexTypesetter;
    for (const title of contents.node.querySelectorAll(".jp-tocItem-content")) {
      const raw = title.textContent;
      if (!typesetter || !raw.includes("$") || done.get(title) === raw) continue;
      done.set(title, raw);
      title.removeAttribute("title"); // the same again, raw
      typesetter.typeset(title);
    }
  };
  new MutationObserver(typeset).observe(contents.node, { childList: true, subtree: true });
  typeset();
}

// A lesson that was reset on disk while it is open: its tab shows the new one when somebody comes back to
// it. One with changes that are not saved is left to JupyterLab, which asks at the next save.

const asNew = ({ cells }) => cells.every((cell) => (cell.execution_count ?? null) === null);

async function reloadIfReset(app) {
  const { context, model } = app.shell.currentWidget ?? {};
  if (!context?.contentsModel?.hash || !model?.getMetadata?.("lessons")?.edition) return;
  const clean = () => !model.isDisposed && !model.dirty;
  const { contents } = app.serviceManager;
  const { hash } = await contents.get(context.path, { content: false, hash: true });
  if (hash === context.contentsModel.hash || !clean()) return;
  const { content } = await contents.get(context.path, { content: true });
  if (asNew(content) && clean()) await context.revert();
}

export function reloadResets(app) {
  // A file that is gone or cannot be read is for JupyterLab to speak of, when it is saved.
  const look = () => void reloadIfReset(app).catch(() => {});
  window.addEventListener("focus", look);
  app.shell.currentChanged.connect(look);
}

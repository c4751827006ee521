// A lesson that was reset on disk while it is open: its tab shows the new one when somebody comes back to
// it. What the tab held and no save had kept goes to the backups, where `make reset` has put the rest.

const sources = ({ cells }) => JSON.stringify(cells.map(({ source }) => source));
const asNew = ({ cells }) => cells.every((cell) => (cell.execution_count ?? null) === null);

// Beside the backup that the reset made: without it there was none, and the folder may not exist.
function backupPath(path) {
  const [, folder, stem] = path.match(/^(.*\/)?(.+)\.ipynb$/);
  const now = new Date();
  now.setMinutes(now.getMinutes() - now.getTimezoneOffset()); // what is written is the clock's time here
  const at = now.toISOString().slice(0, 19).replace("T", "_").replaceAll(":", "-");
  return `${folder ?? ""}backups/${stem}_${at}_open_tab.ipynb`;
}

async function reloadIfReset(app) {
  const { context, model } = app.shell.currentWidget ?? {};
  if (!context?.contentsModel?.hash || !model?.getMetadata?.("lessons")?.edition) return;
  const { contents } = app.serviceManager;
  const { hash } = await contents.get(context.path, { content: false, hash: true });
  if (hash === context.contentsModel.hash) return;
  const held = model.toJSON();
  const { content } = await contents.get(context.path, { content: true });
  if (!asNew(content) || model.isDisposed) return;
  if (model.dirty && !(asNew(held) && sources(held) === sources(content))) {
    const backup = { type: "notebook", format: "json", content: held };
    await contents.save(backupPath(context.path), backup);
  }
  await context.revert();
}

export function reloadResets(app) {
  // A file that is gone or cannot be written is for JupyterLab to speak of: it asks before it overwrites.
  const look = () => void reloadIfReset(app).catch(() => {});
  window.addEventListener("focus", look);
  app.shell.currentChanged.connect(look);
}

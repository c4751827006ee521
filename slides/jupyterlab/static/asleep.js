// Widgets of yesterday. A saved notebook holds of a widget the id of a model that ended with its
// kernel, and what a page without a kernel shows in its place. Each save keeps there the picture or the
// lines as they stand; where no kernel knows the id any more they are shown, with how to wake them.

import { keptData } from "./kept.js";

const VIEW = "application/vnd.jupyter.widget-view+json";
const SENTENCE = "Asleep: run this cell, or Run All.";

const managers = new WeakMap(); // of each notebook panel
const shown = new Map(); // the renderer of each model that is on a page, by the model's id

// What is left of a bundle without its widget, as JupyterLab would show it.
function stillOf(rendermime, { data: { [VIEW]: _, ...data }, metadata, trusted }) {
  const type = rendermime.preferredMimeType(data, trusted ? "any" : "ensure");
  if (!type) return null;
  const still = rendermime.createRenderer(type);
  void still.renderModel(rendermime.createModel({ data, metadata, trusted }));
  still.addClass("lessons-still");
  return still;
}

function fallAsleep(node) {
  const note = document.createElement("div");
  note.className = "lessons-asleep";
  note.setAttribute("role", "note");
  note.textContent = SENTENCE;
  node.prepend(note);
}

// While the page asks the kernel which widgets there are, the picture stands already, without a word.
function patch(prototype, rendermime) {
  if (prototype.lessonsPatched) return;
  prototype.lessonsPatched = true;
  const { renderModel } = prototype;
  prototype.renderModel = async function (model) {
    const id = model.data[VIEW].model_id;
    if (!id) return renderModel.call(this, model);
    this.lessonsStill ??= stillOf(rendermime, model);
    if (this.lessonsStill) this.addWidget(this.lessonsStill);
    const manager = await this._manager.promise;
    if (!manager.has_model(id)) {
      if (manager.restoredStatus) return fallAsleep(this.node);
      const again = () => {
        manager.restored.disconnect(again);
        if (!this.isDisposed) void this.renderModel(model);
      };
      return void manager.restored.connect(again);
    }
    this.lessonsStill?.dispose();
    this.lessonsStill = null;
    shown.set(id, this);
    this.disposed.connect(() => shown.get(id) === this && shown.delete(id));
    return renderModel.call(this, model);
  };
}

function keep(panel) {
  const models = managers.get(panel)?._modelsSync; // what is saved is read before anything can be awaited
  if (!models) return;
  for (const { type, sharedModel } of panel.model.cells) {
    if (type !== "code") continue;
    sharedModel.getOutputs().forEach((output, index) => {
      const id = output.data?.[VIEW]?.model_id;
      const model = models.get(id);
      const kept = model && keptData(output, model, shown.get(id)?.node);
      if (kept) sharedModel.updateOutputs(index, index + 1, [{ ...output, ...kept }], "silent-change");
    });
  }
}

// The manager of widgets adds itself to a notebook that is open already, at a moment of its own.
function findManager(panel) {
  if (managers.has(panel)) return;
  const renderer = panel.content.rendermime.createRenderer(VIEW);
  void renderer._manager.promise.then((manager) => managers.set(panel, manager));
}

export function watchSleep(app) {
  app.docRegistry.addWidgetExtension("Notebook", {
    createNew: (panel, context) => {
      const { rendermime } = panel.content;
      patch(Object.getPrototypeOf(rendermime.createRenderer(VIEW)), rendermime);
      panel.sessionContext.statusChanged.connect(() => findManager(panel));
      context.saveState.connect((_, state) => state === "started" && keep(panel));
    },
  });
}

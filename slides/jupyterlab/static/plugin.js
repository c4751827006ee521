// The command, the keys and the start of slide mode. jupyterlab-slideshow shows the slides; this adds
// what a lesson needs on top: one step of a derivation a key, clickers, and a stage of fixed size.

import { backward, forward, isPresenting, listenToKeys, start } from "./deck.js";
import { nameAll } from "./names.js";
import { fitStage } from "./stage.js";

const COMMANDS = {
  "lessons:present": {
    label: "Present",
    caption: "Show this notebook as slides, from the selected cell on, and back (F9)",
    execute: (app) => (isPresenting() ? app.commands.execute("deck:stop") : start(app)),
  },
  "lessons:forward": { label: "Next step or slide", execute: forward },
  "lessons:backward": { label: "Previous step or slide", execute: backward },
};

async function until(condition) {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function runAndPresent(app) {
  await until(() => app.shell.currentWidget?.sessionContext);
  const panel = app.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
  await panel.sessionContext.session.kernel.info;
  await app.commands.execute("notebook:run-all-cells");
  panel.content.activeCellIndex = 0;
  await start(app);
}

// jupyterlab-slideshow remembers slide mode, so a page closed in it would open without its menus.
async function stopWhatWasLeftRunning(app) {
  await until(isPresenting);
  await app.commands.execute("deck:stop");
}

async function begin(app) {
  const { settings } = app.serviceManager; // on the site there is no jupyterlab-slideshow
  const saved = async (plugin) => (await settings.fetch(plugin).catch(() => null))?.settings ?? {};
  if ((await saved("lessons:plugin")).present) return runAndPresent(app);
  if ((await saved("jupyterlab-slideshow:plugin")).active) return stopWhatWasLeftRunning(app);
}

export default {
  id: "lessons:plugin",
  description: "Presents a lesson as slides.",
  autoStart: true,
  activate: async (app) => {
    for (const [name, { execute, ...shown }] of Object.entries(COMMANDS)) {
      app.commands.addCommand(name, { ...shown, execute: () => execute(app) });
    }
    const style = new URL("style.css", import.meta.url).href;
    document.head.insertAdjacentHTML("beforeend", `<link rel="stylesheet" href="${style}">`);
    listenToKeys(app);
    fitStage();
    nameAll(app);
    void app.restored.then(() => begin(app));
  },
};

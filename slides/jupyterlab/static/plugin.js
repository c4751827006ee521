// The command, the keys and the start of slide mode, and what a student's desk needs. jupyterlab-slideshow
// shows the slides; this adds one step of a derivation a key, clickers, and a stage of fixed size.

import { watchSleep } from "./asleep.js";
import { keepConnected } from "./connection.js";
import { typesetContents } from "./contents.js";
import { backward, forward, isPresenting, leave, moves, start } from "./deck.js";
import { guard } from "./guard.js";
import { keepResultsInView } from "./in_view.js";
import { nameAll } from "./names.js";
import { savedTalk } from "./place.js";
import { reloadResets } from "./reset.js";
import { fitStage } from "./stage.js";

const COMMANDS = {
  "lessons:present": {
    label: "Present",
    caption: "Show this notebook as slides, from the selected cell on, and back (F9)",
    execute: (app) => (isPresenting() ? leave(app) : start(app)),
  },
  "lessons:forward": { label: "Next step or slide", execute: forward },
  "lessons:backward": { label: "Previous step or slide", execute: backward },
};

async function until(condition) {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function openedNotebook(app) {
  await until(() => app.shell.currentWidget?.sessionContext);
  const panel = app.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
  await panel.sessionContext.session.kernel.info;
  return panel;
}

const hasRun = ({ widgets }) => widgets.some(({ model }) => model.type === "code" && model.executionCount);

// From the first slide, or from where the page was when it was loaded anew.
async function present(app, talk) {
  const { content, context } = await openedNotebook(app);
  if (talk && talk.path !== context.path) return isPresenting() && leave(app);
  if (!talk || !hasRun(content)) await app.commands.execute("notebook:run-all-cells");
  const index = content.widgets.findIndex(({ model }) => model.id === talk?.cell);
  await start(app, Math.max(index, 0));
}

// jupyterlab-slideshow remembers slide mode, so a page closed in it would open without its menus.
async function stopWhatWasLeftRunning(app) {
  await until(isPresenting);
  await app.commands.execute("deck:stop");
}

async function begin(app) {
  const { settings } = app.serviceManager; // on the site there is no jupyterlab-slideshow
  const saved = async (plugin) => (await settings.fetch(plugin).catch(() => null))?.settings ?? {};
  const talk = savedTalk(); // of this tab, which is being loaded anew
  const { active } = await saved("jupyterlab-slideshow:plugin");
  if (active && talk?.presenting) await until(isPresenting);
  else if (active) await stopWhatWasLeftRunning(app);
  if (talk?.presenting) return present(app, talk);
  if (!talk && (await saved("lessons:plugin")).present) return present(app);
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
    guard(app, isPresenting, moves);
    fitStage();
    nameAll(app);
    watchSleep(app);
    keepConnected(app);
    keepResultsInView(app);
    reloadResets(app);
    void app.restored.then(async () => {
      typesetContents(app);
      if ((await app.shell.restored)?.fresh) app.shell.collapseLeft(); // the lesson is what was opened
      await begin(app);
    });
  },
};

// On a hub, a connection to a kernel that was lost is made anew as soon as the server is reached.
// JupyterLab tries at once, while the proxy is starting still, and then not for ten to thirty seconds, in
// which no picture follows the hand.

const VIEW = "application/vnd.jupyter.widget-view+json";
const IDLE = { content: { execution_state: "idle" } };
const FIRST = 300, LONGEST = 10_000; // milliseconds between two looks

const onHub = () => Boolean(JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}").hubPrefix);

async function isReached({ baseUrl }) {
  const answer = await fetch(`${baseUrl}api`, { cache: "no-store" }).catch(() => null);
  return Boolean(answer?.ok);
}

// A widget sends its next change when the last is answered: what was lost on the way would hold it for good.
async function release({ content }, kernel) {
  await kernel.requestKernelInfo(); // what the server has kept of the answers is there by now
  const manager = await content.rendermime.createRenderer(VIEW)._manager.promise;
  for (const model of manager._modelsSync.values()) {
    for (let lost = model._pending_msgs; lost > 0; lost -= 1) model._handle_status(IDLE);
  }
}

const pause = (wait) => new Promise((resolve) => setTimeout(resolve, wait));

// Ask until the server is reached, or nobody waits for it.
async function reached(settings, waits = () => true) {
  for (let wait = FIRST; waits(); wait = Math.min(1.2 * wait, LONGEST)) {
    if (await isReached(settings)) return true;
    await pause(wait);
  }
  return false;
}

async function connectAgain(panel, kernel, settings) {
  await Promise.resolve(); // by now JupyterLab has set its own attempt, which would fail
  clearTimeout(kernel._reconnectTimeout);
  const waits = () => kernel.connectionStatus === "connecting";
  if (await reached(settings, waits)) await kernel.reconnect().then(() => release(panel, kernel));
}

// A question that finds the proxy away makes JupyterLab say over the whole page that the server does not run.
async function withdraw(settings) {
  await pause(FIRST); // by now it is said
  await reached(settings);
  const server = new URL(settings.baseUrl).pathname;
  for (const dialog of document.querySelectorAll(".jp-Dialog"))
    if (dialog.textContent.includes(server)) dialog.querySelector(".jp-mod-reject").click();
}

export function keepConnected(app) {
  if (!onHub()) return;
  const { serviceManager } = app;
  const settings = serviceManager.serverSettings;
  let withdrawing = null; // each poll that fails would ask for itself else
  serviceManager.connectionFailure.connect(() => {
    withdrawing ??= withdraw(settings).catch(console.warn).finally(() => (withdrawing = null));
  });
  app.docRegistry.addWidgetExtension("Notebook", {
    createNew(panel) {
      panel.sessionContext.connectionStatusChanged.connect(({ session }, status) => {
        if (!session?.kernel || status !== "connecting") return;
        connectAgain(panel, session.kernel, settings).catch(console.warn);
      });
    },
  });
}

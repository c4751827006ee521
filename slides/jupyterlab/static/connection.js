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

async function connectAgain(panel, kernel, settings) {
  await Promise.resolve(); // by now JupyterLab has set its own attempt, which would fail
  clearTimeout(kernel._reconnectTimeout);
  for (let wait = FIRST; kernel.connectionStatus === "connecting"; wait = Math.min(1.2 * wait, LONGEST)) {
    if (await isReached(settings)) return kernel.reconnect().then(() => release(panel, kernel));
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

export function keepConnected(app) {
  if (!onHub()) return;
  app.docRegistry.addWidgetExtension("Notebook", {
    createNew(panel) {
      panel.sessionContext.connectionStatusChanged.connect(({ session }, status) => {
        if (!session?.kernel || status !== "connecting") return;
        connectAgain(panel, session.kernel, app.serviceManager.serverSettings).catch(console.warn);
      });
    },
  });
}

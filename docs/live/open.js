// The page around a running lesson: what it is doing, in words; what a student has written, safe.

import { isNotebook, mendOthers, putAside, saved } from "./store.js";

window.onerror = null; // this browser reads what is written here

const at = (id) => document.getElementById(id);
const frame = at("notebook");
const lessons = [...at("lesson").options].map((option) => option.value);
const asked = new URLSearchParams(location.search).get("lesson");
const lesson = lessons.includes(asked) ? asked : lessons[0];
const file = `${lesson}.ipynb`;
const base = new URL(".", location.href).pathname;
const storage = `JupyterLite Storage - ${base}`;
const PATIENCE = 90_000; // then something is said, and waiting goes on

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const app = () => frame.contentWindow?.jupyterapp;
const panel = () => app()?.shell.currentWidget;

function say(words, trouble = false) {
  at("said").textContent = words;
  at("said").classList.toggle("trouble", trouble);
}

// What this browser lacks, as a sentence that says what to do; "" if nothing.
async function lacking() {
  const read = "Read the lesson instead: the link is above.";
  if (typeof WebAssembly !== "object")
    return `This browser does not run WebAssembly, which Python needs here: allow it, or use another. ${read}`;
  try {
    const address = URL.createObjectURL(new Blob([""], { type: "text/javascript" }));
    new Worker(address).terminate();
    URL.revokeObjectURL(address);
  } catch {
    return `This browser blocks web workers, in which Python runs: allow them for this site. ${read}`;
  }
  return "";
}

// Whether work can be kept; private windows and full disks say no in several ways.
async function keeping() {
  try {
    await new Promise((resolve, reject) => {
      const request = indexedDB.open("lessons-probe");
      request.onsuccess = () => resolve(request.result.close());
      request.onerror = () => reject(request.error);
    });
    const { usage = 0, quota = Infinity } = (await navigator.storage?.estimate?.()) ?? {};
    return quota - usage > 5e6;
  } catch {
    return false;
  }
}

async function openWhatIsWhole() {
  const whole = isNotebook(await saved(storage, file));
  const aside = whole ? null : await putAside(storage, file, "unreadable"); // null where nothing was kept
  const said = (await mendOthers(storage)).map((name) => `${name} could not be read, and is text now.`);
  if (aside) said.unshift(`Your saved copy could not be read. It is kept as ${aside}, and a fresh one is open.`);
  return said.join(" ");
}

async function reached(stage, words, holds) {
  say(words);
  const start = performance.now();
  for (let warned = false; ; await pause(100)) {
    try {
      if (await holds()) break;
    } catch {
      // not there yet
    }
    if (!warned && performance.now() - start > PATIENCE) {
      warned = true;
      say(`${words} This takes longer than it should: reload the page, or read the lesson.`, true);
    }
  }
  at("progress").value = stage;
}

// The packages that Python has refused, since they are not the files that the site's list demands.
// The question is not counted: a student's first cell stays the first.
async function refused(kernel) {
  const { packages } = await (await fetch("static/pyodide/pyodide-lock.json", { cache: "reload" })).json();
  const code = "print(*__import__('pyodide_js').loadedPackages.to_py())";
  const asked = kernel.requestExecute({ code, store_history: false });
  let said = "";
  asked.onIOPub = ({ content }) => (said += content.text ?? "");
  await asked.done;
  const plain = (name) => name.toLowerCase().replace(/[-_.]+/g, "-");
  const loaded = new Set(said.split(/\s+/).map(plain));
  const wanted = Object.values(packages);
  const absent = wanted.filter(({ name }) => !loaded.has(plain(name))).map((each) => each.file_name);
  // What this browser has kept of an older edition is fetched anew, for the next visit.
  await Promise.all(absent.map((file) => fetch(`static/pyodide/${file}`, { cache: "reload" })));
  return absent;
}

async function scrollToCell() {
  const { content } = panel();
  const index = content.widgets.findIndex((cell) => cell.model.id === location.hash.slice(1));
  if (index >= 0) await content.scrollToItem(index, "center");
}

async function start() {
  const lack = await lacking();
  if (lack) {
    at("progress").hidden = true;
    return say(lack, true);
  }
  const keeps = await keeping();
  const mended = keeps ? await openWhatIsWhole().catch(() => "") : "";
  frame.src = `notebooks/index.html?path=${encodeURIComponent(file)}`;
  await reached(1, "Loading the notebook page …", () => app());
  await reached(2, "Opening the lesson …", () => panel()?.content?.widgets?.length);
  const kernel = () => panel().sessionContext.session?.kernel;
  await reached(3, "Fetching Python …", kernel);
  await reached(4, "Starting Python: some seconds …", () => kernel()?.info);
  await reached(5, "Almost there …", () => kernel().status === "idle");
  const absent = await refused(kernel()).catch(() => []);
  at("progress").hidden = true;
  const lost =
    "This browser keeps nothing for this page (a private window, or storage is full): " +
    "download your work before you close it.";
  const stale =
    `Stale or changed on its way, and refused: ${absent.join(", ")}. Reload the page; ` +
    "if that does not help, read the lesson instead.";
  const ready = keeps ? "Ready: press Shift+Enter in each cell, from the top." : lost;
  const problem = absent.length ? stale : [sessionStorage.getItem("said"), mended].filter(Boolean).join(" ");
  sessionStorage.removeItem("said");
  say(problem || ready, !keeps || !!problem);
  document.body.dataset.ready = "true";
  await scrollToCell();
}

async function save() {
  const context = panel()?.context;
  if (!context?.model?.dirty) return;
  try {
    await context.save();
  } catch {
    say("Your work could not be kept in this browser: download it.", true);
  }
}

async function download() {
  await save();
  const model = panel()?.context?.model?.toJSON() ?? (await saved(storage, file))?.content;
  if (!model) return say("There is nothing to download yet: the lesson is still loading.", true);
  const text = typeof model === "string" ? model : JSON.stringify(model, null, 1);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/x-ipynb+json" }));
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function reset() {
  const question = "Put this lesson back as it was? What you wrote is kept beside it as a backup.";
  if (!confirm(question)) return;
  await save();
  frame.src = "about:blank"; // a page that is open would save itself again
  await pause(300);
  const aside = await putAside(storage, file, "backup");
  sessionStorage.setItem("said", aside ? `Back as it was; yours is now ${aside}.` : "It is as it was.");
  location.reload();
}

async function keepOffline() {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return say("This browser cannot keep pages for offline.", true);
  at("offline").disabled = true;
  say("Keeping everything for offline …");
  await navigator.storage?.persist?.();
  // JupyterLite's page has registered it, by an address of its own; a second one would end the first.
  if (!(await serviceWorker.getRegistration())) await serviceWorker.register("service-worker.js");
  const worker = (await serviceWorker.ready).active;
  const channel = new MessageChannel();
  channel.port1.onmessage = ({ data }) => {
    if (data.progress) return say(`Keeping for offline: ${Math.round(100 * data.progress)} %`);
    at("offline").disabled = false;
    say(data.done ? "Kept: this page now opens without a network." : data.problem, !data.done);
  };
  worker.postMessage("keep", [channel.port2]);
}

at("lesson").value = lesson;
at("lesson").addEventListener("change", async () => {
  await save();
  location.href = `open.html?lesson=${at("lesson").value}`;
});
at("read").href = `../lessons/${lesson}.html`;
at("lab").href = `lab/index.html?path=${encodeURIComponent(file)}`;
at("download").addEventListener("click", download);
at("reset").addEventListener("click", reset);
at("offline").addEventListener("click", keepOffline);
document.addEventListener("visibilitychange", () => document.hidden && save());
document.title = `${at("lesson").selectedOptions[0].text}, live`;
start();

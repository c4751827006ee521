// What JupyterLite keeps in this browser: IndexedDB, one entry a file, read and mended from outside.

const STORES = ["files", "checkpoints"];

const answered = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

// Null where nothing has been kept yet: opening would make an empty database that JupyterLite dislikes.
async function openStore(name) {
  const known = await indexedDB.databases();
  return known.some((each) => each.name === name) ? answered(indexedDB.open(name)) : null;
}

async function within(name, mode, action) {
  const database = await openStore(name);
  if (!database) return null;
  const stores = STORES.filter((store) => database.objectStoreNames.contains(store));
  try {
    if (!stores.length) return null;
    const transaction = database.transaction(stores, mode);
    return await action(...stores.map((store) => transaction.objectStore(store)));
  } finally {
    database.close();
  }
}

export const saved = (name, file) => within(name, "readonly", (files) => answered(files.get(file)));

// A notebook that JupyterLite can show: with anything else it shows an empty page, without a word.
export function isNotebook(entry) {
  let content = entry?.content;
  try {
    if (typeof content === "string") content = JSON.parse(content);
  } catch {
    return false;
  }
  const whole = (cell) => typeof cell?.cell_type === "string" && cell.source !== undefined;
  return content?.nbformat === 4 && Array.isArray(content.cells) && content.cells.every(whole);
}

// An entry without a path of its own ends each listing of the folder, and Python, which is shown that
// folder, never starts.
const isListed = (key, entry) => entry?.path === key && Boolean(entry.name && entry.type);

// A file of text as JupyterLite keeps one.
function asText(entry, path) {
  const content = typeof entry === "string" ? entry : (JSON.stringify(entry, null, 1) ?? "");
  const now = new Date().toISOString();
  const size = new Blob([content]).size;
  const kind = { type: "file", format: "text", mimetype: "text/plain", writable: true };
  return { ...kind, name: path.split("/").pop(), path, content, size, created: now, last_modified: now };
}

export async function freeName(name, file, word, ending) {
  for (let number = 1; ; number += 1) {
    const free = file.replace(".ipynb", `.${word}-${number}${ending}`);
    if ((await saved(name, free)) === undefined) return free;
  }
}

// Put an entry aside under another name, so that the site's own file is what is opened next.
export async function putAside(name, file, word) {
  const entry = await saved(name, file);
  if (entry === null || entry === undefined) return null;
  const whole = isNotebook(entry);
  const free = await freeName(name, file, word, whole ? ".ipynb" : ".txt");
  await within(name, "readwrite", async (files, checkpoints) => {
    await answered(files.put(whole ? { ...entry, name: free, path: free } : asText(entry, free), free));
    await answered(files.delete(file));
    if (checkpoints) await answered(checkpoints.delete(file));
  });
  return free;
}

// Keep as text, where it is, whatever else cannot be listed; return the names.
export async function mendOthers(name) {
  const mended = await within(name, "readwrite", async (files) => {
    const [keys, entries] = [await answered(files.getAllKeys()), await answered(files.getAll())];
    const broken = keys.map((key, n) => [key, entries[n]]).filter((pair) => !isListed(...pair));
    for (const [key, entry] of broken) await answered(files.put(asText(entry, key), key));
    return broken.map(([key]) => key);
  });
  return mended ?? [];
}

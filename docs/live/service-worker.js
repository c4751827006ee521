// Answers from what was kept for offline, if that was asked for; else JupyterLite's own worker does.

// In a block: JupyterLite's worker has a CACHE of its own, and two of one name end both.
{
  const CACHE = "lessons-offline";
  const LIST = new URL("kept-offline.json", self.location);
  const SITE = new URL("../", self.location);

  async function keep(port) {
    try {
      const { files } = await (await fetch(LIST, { cache: "no-store" })).json();
      const cache = await caches.open(`${CACHE}-new`);
      const queue = files.map((file) => new URL(file, SITE));
      const total = queue.length;
      const take = async () => {
        for (let url = queue.pop(); url; url = queue.pop()) {
          await cache.add(new Request(url, { cache: "no-cache" }));
          if (queue.length % 20 === 0) port.postMessage({ progress: (total - queue.length) / total });
        }
      };
      await Promise.all([take(), take(), take(), take()]);
      // The old one serves until the new one is whole.
      await caches.delete(CACHE);
      const kept = await caches.open(CACHE);
      for (const request of await cache.keys()) await kept.put(request, await cache.match(request));
      await caches.delete(`${CACHE}-new`);
      port.postMessage({ done: true });
    } catch (error) {
      await caches.delete(`${CACHE}-new`);
      const full = error.name === "QuotaExceededError";
      const problem = full ? "there is no room left in this browser" : error.message;
      port.postMessage({ problem: `It could not be kept for offline: ${problem}.` });
    }
  }

  self.addEventListener("message", (event) => {
    if (event.data === "keep") event.waitUntil(keep(event.ports[0]));
  });

  self.addEventListener("fetch", (event) => {
    const { method, url } = event.request;
    if (method !== "GET" || !url.startsWith(SITE.href) || new URL(url).pathname.includes("/api/drive"))
      return;
    // The network first where there is one: what was kept may be of an older edition.
    event.respondWith(
      fetch(event.request).catch(async (error) => {
        const kept = await caches.match(event.request, { cacheName: CACHE, ignoreSearch: true });
        if (!kept) throw error;
        return kept;
      }),
    );
    event.stopImmediatePropagation();
  });
}

importScripts("jupyterlite-worker.js");

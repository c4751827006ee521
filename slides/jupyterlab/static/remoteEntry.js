// JupyterLab asks each extension for a module-federation container. Ours shares nothing with the
// application and needs no build: it hands over an ordinary module beside this file.
(() => {
  const plugin = new URL("plugin.js", document.currentScript.src).href;
  (window._JUPYTERLAB ??= {}).lessons = {
    init() {},
    async get() {
      const { default: exported } = await import(plugin);
      return () => ({ __esModule: true, default: exported });
    },
  };
})();

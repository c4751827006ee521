// The same TeX as JupyterLab reads; glyphs as SVG, so that no font has to come along.
window.MathJax = {
  tex: {
    inlineMath: [["$", "$"], ["\\(", "\\)"]],
    displayMath: [["$$", "$$"], ["\\[", "\\]"]],
    processEnvironments: true,
    processEscapes: true,
  },
  svg: { fontCache: "global" },
  options: { enableMenu: false, skipHtmlTags: ["script", "style", "pre", "code", "textarea"] },
  startup: { typeset: false },
};

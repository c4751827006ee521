// A picture that is swapped whole, with places on it that a hand can take.
//
// The kernel says where these places are. While one is held, one position is on its way and the
// newest of the others waits; so a hand is never answered late, however slow the kernel is.

const STEPS = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1],
};
const NEXT = ["Enter"];  // not Space, with which slides go on

function render({ model, el }) {
  const cleanups = [];
  const listen = (target, type, action, options) => {
    target.addEventListener(type, action, options);
    cleanups.push(() => target.removeEventListener(type, action, options));
  };
  const follow = (event, action) => {
    model.on(event, action);
    cleanups.push(() => model.off(event, action));
  };

  const stage = document.createElement("div");
  stage.className = "lessons-picture";
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.tabIndex = 0;
  stage.append(canvas);
  el.append(stage);

  // Decoding is not done on the page's thread; of the pictures that come meanwhile the last counts.
  let newest = null, decoding = false;
  const paint = async () => {
    newest = model.get("png");
    if (decoding) return;
    decoding = true;
    while (newest) {
      const png = newest;
      newest = null;
      try {
        const bitmap = await createImageBitmap(new Blob([png], { type: "image/png" }));
        if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
          canvas.width = bitmap.width;
          canvas.height = bitmap.height;
        }
        canvas.getContext("2d").drawImage(bitmap, 0, 0);
        bitmap.close();
        canvas.dataset.pictures = 1 + Number(canvas.dataset.pictures || 0);
      } catch (error) {
        console.error("a picture could not be shown:", error);
      }
    }
    decoding = false;
  };
  const describe = () => canvas.setAttribute("aria-label", model.get("alternative"));
  const fit = () => { canvas.style.aspectRatio = model.get("size").join(" / "); };

  // How the page shows it. A page that is being resized tells once it rests.
  let told = "", rest = null;
  const tell = () => {
    const box = canvas.getBoundingClientRect();
    if (!box.width) return;  // hidden
    const report = {
      type: "page",
      width: canvas.clientWidth,
      ratio: window.devicePixelRatio * box.width / canvas.clientWidth,
      text: parseFloat(getComputedStyle(el).fontSize),
      dark: document.body.dataset.jpThemeLight === "false",
    };
    const words = JSON.stringify(report);
    if (words !== told) model.send(report);
    told = words;
  };
  const soon = () => {
    clearTimeout(rest);
    rest = setTimeout(tell, 100);
  };
  const size = new ResizeObserver(soon);
  const theme = new MutationObserver(tell);
  size.observe(canvas);
  theme.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  listen(window, "resize", soon);  // of another ratio, too
  cleanups.push(() => { size.disconnect(); theme.disconnect(); clearTimeout(rest); });

  // Places to take hold of. One that is held stays the same element, so that it keeps the pointer.
  const places = new Map();
  let current = null;
  const choose = name => {
    current = name;
    for (const [other, place] of places) place.classList.toggle("lessons-current", other === name);
  };
  const lay = () => {
    const handles = model.get("handles");
    const [width, height] = model.get("size");
    for (const [name, place] of places) {
      if (!handles.some(handle => handle.name === name)) {
        place.remove();
        places.delete(name);
      }
    }
    for (const handle of handles) {
      const place = places.get(handle.name) || add(handle.name);
      place.style.left = `${100 * handle.x / width}%`;
      place.style.top = `${100 * handle.y / height}%`;
      place.style.width = `max(24px, ${100 * handle.width / width}%)`;
      place.style.height = `max(24px, ${100 * handle.height / height}%)`;
      place.style.cursor = handle.cursor;
    }
    if (!places.has(current)) choose(handles.length ? handles[0].name : null);
  };

  let held = null, sent = false, aimed = null;
  const send = () => {
    if (sent || !aimed) return;
    sent = true;
    const message = aimed;
    aimed = null;
    model.send(message);
  };
  const aim = message => { aimed = message; send(); };
  follow("msg:custom", () => { sent = false; send(); });

  const at = event => {
    const box = canvas.getBoundingClientRect();
    const [width, height] = model.get("size");
    return [
      (event.clientX - box.left) * width / box.width,
      (event.clientY - box.top) * height / box.height,
    ];
  };
  const let_go = () => {
    if (!held) return;
    held.place.classList.remove("lessons-held");
    held = null;
  };
  const add = name => {
    const place = document.createElement("div");
    place.className = "lessons-handle";
    place.dataset.name = name;
    place.setAttribute("aria-hidden", "true");
    stage.append(place);
    places.set(name, place);
    place.addEventListener("pointerdown", event => {
      if (event.button || held) return;
      event.preventDefault();
      place.setPointerCapture(event.pointerId);
      canvas.focus({ preventScroll: true });
      choose(name);
      place.classList.add("lessons-held");
      const handle = model.get("handles").find(one => one.name === name);
      const [x, y] = at(event);
      held = { name, place, pointer: event.pointerId, dx: handle.x - x, dy: handle.y - y };
      sent = false;  // what an earlier hand has sent may never be answered: the kernel may be gone
      aimed = null;
      model.send({ type: "take", name });
      if (handle.press) aim({ type: "move", name, x, y });
    });
    place.addEventListener("pointermove", event => {
      if (!held || held.place !== place) return;
      const [x, y] = at(event);
      aim({ type: "move", name, x: x + held.dx, y: y + held.dy });
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
      place.addEventListener(end, let_go);
    }
    return place;
  };

  // JupyterLab's own keys are asked first, at the document; a window is asked before.
  listen(window, "keydown", event => {
    const ours = event.target === canvas && !event.ctrlKey && !event.metaKey && !event.altKey
      && !event.shiftKey && (event.key in STEPS || NEXT.includes(event.key) || event.key === "Escape");
    if (!ours || !places.size || (event.key === "Escape" && !held)) return;
    event.preventDefault();
    canvas.dataset.lmSuppressShortcuts = "true";
    setTimeout(() => delete canvas.dataset.lmSuppressShortcuts);
    if (event.key === "Escape") {
      aimed = { type: "undo" };
      sent = false;
      send();
      let_go();
    } else if (NEXT.includes(event.key)) {
      const names = [...places.keys()];
      choose(names[(names.indexOf(current) + 1) % names.length]);
    } else {
      const [dx, dy] = STEPS[event.key];
      aim({ type: "nudge", name: current, dx, dy });
    }
  }, { capture: true });

  follow("change:png", paint);
  follow("change:alternative", describe);
  follow("change:handles", lay);
  follow("change:size", () => { fit(); lay(); });
  fit();
  paint();
  describe();
  lay();
  return () => cleanups.forEach(cleanup => cleanup());
}

export default { render };

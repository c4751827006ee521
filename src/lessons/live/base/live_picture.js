// A picture that is swapped whole or in parts, with places on it that a hand can take: the kernel says
// where.

// Neither way is done on the page's thread. The first needs half the time, for it reads no Blob, but
// is there only on a page from this machine or by https, and not in every browser.
async function decoded(png) {
  const type = "image/png";
  if (!window.ImageDecoder) return createImageBitmap(new Blob([png], { type }));
  const decoder = new ImageDecoder({ data: png, type });
  try {
    return (await decoder.decode()).image;
  } finally {
    decoder.close();
  }
}

// A patch is transparent but for the pixels that changed, so that it can be laid on the picture: to
// read what is there from the canvas takes long, and browsers that hide who they are return noise.
async function unpacked({ width, height, pixels }) {
  const inflate = new DecompressionStream("deflate"), writer = inflate.writable.getWriter();
  const read = new Response(inflate.readable).arrayBuffer();
  await Promise.all([writer.write(pixels), writer.close()]);
  const words = new Uint32Array(await read), count = words.length / 2;
  const part = new ImageData(width, height), colours = new Uint32Array(part.data.buffer);
  for (let n = 0, place = 0; n < count; n++) {
    place += words[n];
    colours[place] = words[count + n];
  }
  return createImageBitmap(part);
}

function render({ model, el }) {
  const { listen, follow, end } = subscriptions(model);

  const stage = document.createElement("div");
  stage.className = "lessons-picture";
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.tabIndex = 0;
  stage.append(canvas);
  el.append(stage);

  // What is there to be shown, in its order: parts of the picture, or all of it. A whole one takes the
  // place of those before it; what came while others were decoded is shown with one stroke.
  let waiting = [], showing = false;
  const show = async parts => {
    waiting.push(...parts);
    if (showing) return;
    showing = true;
    await null;  // one message may tell twice of a whole picture
    while (waiting.length) {
      const now = waiting;
      waiting = [];
      try {
        const images = await Promise.all(now.map(part => part.png ? decoded(part.png) : unpacked(part)));
        now.forEach(({ x, y, png }, n) => {
          const image = images[n];
          const width = image.displayWidth ?? image.width, height = image.displayHeight ?? image.height;
          if (png && (canvas.width !== width || canvas.height !== height)) {
            canvas.width = width;
            canvas.height = height;
          }
          canvas.getContext("2d").drawImage(image, x, y);
          image.close();
        });
        canvas.dataset.pictures = 1 + Number(canvas.dataset.pictures || 0);
      } catch (error) {
        console.error("a picture could not be shown:", error);
      }
    }
    showing = false;
  };
  const swap = () => {
    const png = model.get("png");
    if (!png.byteLength) return;  // the kernel is still making it
    waiting = [];
    show([{ x: 0, y: 0, png }]);
  };
  // After patches the picture may be again the one that was last sent whole: that they are gone tells.
  const patch = () => {
    const patches = model.get("patches");
    if (patches.length) show(patches);
    else swap();
  };
  const describe = () => canvas.setAttribute("aria-label", model.get("alternative"));
  const fit = () => { canvas.style.aspectRatio = model.get("size").join(" / "); };

  // How the page shows it. A page that is being resized tells once it rests.
  let told = "", rest = null, room = null;
  const tell = () => {
    const box = canvas.getBoundingClientRect();
    if (!box.width) return;  // hidden
    const report = {
      type: "page",
      width: canvas.clientWidth,
      ratio: window.devicePixelRatio * box.width / canvas.clientWidth,
      text: parseFloat(getComputedStyle(stage).fontSize),
      dark: document.body.dataset.jpThemeLight === "false",
      room,
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
  listen(canvas, "lessons-room", event => { room = event.detail; tell(); });  // a slide is too full

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

  const at = event => {
    const box = canvas.getBoundingClientRect();
    const [width, height] = model.get("size");
    return [
      (event.clientX - box.left) * width / box.width,
      (event.clientY - box.top) * height / box.height,
    ];
  };
  const add = name => {
    const place = document.createElement("div");
    place.className = "lessons-handle";
    place.dataset.handle = name;
    place.setAttribute("aria-hidden", "true");
    stage.append(place);
    places.set(name, place);
    return place;
  };

  const begin = (place, event) => {
    canvas.focus({ preventScroll: true });
    choose(place.dataset.handle);
    const handle = model.get("handles").find(one => one.name === current);
    const [x, y] = at(event), dx = handle.x - x, dy = handle.y - y;
    return { to: moved => ({ x: at(moved)[0] + dx, y: at(moved)[1] + dy }) };
  };
  hand({
    model, root: stage, listen, follow, begin,
    keyed: event => event.target === canvas && places.get(current),
    choose: place => choose(place.dataset.handle),
  });

  follow("change:png", swap);
  follow("change:patches", patch);
  follow("change:alternative", describe);
  follow("change:handles", lay);
  follow("change:size", () => { fit(); lay(); });
  fit();
  swap();
  describe();
  lay();
  return () => {
    end();
    size.disconnect();
    theme.disconnect();
    clearTimeout(rest);
  };
}

export default { render };

// A hand on a picture or a table: it takes hold, moves, steps by key, undoes.
//
// This text stands in front of the other two. One message is on its way and the others wait. Of the
// positions of a handle that is held the newest waits alone, and of steps the same way their sum: so a
// hand is never answered late, however slow the kernel is. What is typed waits whole.

const STEPS = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1],
};
const NEXT = ["Enter"];  // not Space, with which slides go on
const SLACK = 3;  // CSS pixels that a pointer on a box may move before it drags: a press is to type

// What listens as long as the view is there.
function subscriptions(model) {
  const ends = [];
  return {
    listen(target, type, action, options) {
      target.addEventListener(type, action, options);
      ends.push(() => target.removeEventListener(type, action, options));
    },
    follow(event, action) {
      model.on(event, action);
      ends.push(() => model.off(event, action));
    },
    end: () => ends.forEach(end => end()),
  };
}

// Of two messages in a row the one that does what both do, if there is one.
function joined(last, next) {
  if (last?.type !== next.type || last.name !== next.name) return undefined;
  if (next.type === "move") return next;
  const dx = last.dx + next.dx, dy = last.dy + next.dy;
  // There and back is not nowhere at the end of a track.
  const onward = last.dx * next.dx + last.dy * next.dy > 0;
  return next.type === "nudge" && onward ? { ...next, dx, dy } : undefined;
}

// Handles are the elements within `root` that have `data-handle`, their name. `begin(place, event)`
// returns `to`, which says of an event where it leads the handle, and `press`, whether a mere press
// counts. `keyed(event)` returns the handle that a key is meant for, if any; `choose` the next one.
function hand({ model, root, listen, follow, begin, keyed, choose }) {
  let held = null, touched = null, sent = false;
  const waiting = [];
  const send = () => {
    if (sent || !waiting.length) return;
    sent = true;
    model.send(waiting.shift());
  };
  const aim = message => {
    const sum = joined(waiting.at(-1), message);
    if (sum) waiting.pop();
    waiting.push(sum ?? message);
    send();
  };
  follow("msg:custom", () => { sent = false; send(); });

  const take = (place, event) => {
    place.setPointerCapture(event.pointerId);
    place.dataset.held = "";
    const name = place.dataset.handle, { to, press } = begin(place, event);
    held = { place, name, to };
    sent = false;  // what an earlier hand has sent may never be answered: the kernel may be gone
    for (const message of waiting.splice(0)) model.send(message);
    model.send({ type: "take", name });
    if (press) aim({ type: "move", name, ...to(event) });
  };
  const let_go = () => {
    touched = null;
    if (!held) return;
    delete held.place.dataset.held;
    held = null;
  };
  listen(root, "pointerdown", event => {
    const place = event.target.closest("[data-handle]");
    if (!place || event.button || held?.place.isConnected) return;
    if (place.matches("input")) {
      touched = { place, y: event.clientY };
      return;
    }
    event.preventDefault();
    take(place, event);
  });
  listen(root, "pointermove", event => {
    if (touched && !event.buttons) touched = null;
    if (touched && Math.abs(event.clientY - touched.y) > SLACK) {
      take(touched.place, event);
      touched = null;
    }
    if (held && event.target === held.place) aim({ type: "move", name: held.name, ...held.to(event) });
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
    listen(root, end, let_go);
  }

  // JupyterLab's own keys are asked first, at the document; a window is asked before.
  listen(window, "keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const place = root.contains(event.target) && keyed(event);
    if (!place || !(event.key in STEPS || NEXT.includes(event.key) || event.key === "Escape")) return;
    if (event.key === "Escape" && !held) return;
    if (event.target.matches("input") && /Left|Right/.test(event.key)) return;  // the caret's
    event.preventDefault();
    event.target.dataset.lmSuppressShortcuts = "true";
    setTimeout(() => delete event.target.dataset.lmSuppressShortcuts);
    if (event.key === "Escape") {
      waiting.splice(0, Infinity, { type: "undo" });
      sent = false;
      send();
      let_go();
    } else if (NEXT.includes(event.key)) {
      const places = [...root.querySelectorAll("[data-handle]")];
      choose(places[(places.indexOf(place) + 1) % places.length]);
    } else {
      const [dx, dy] = STEPS[event.key];
      aim({ type: "nudge", name: place.dataset.handle, dx, dy });
    }
  }, { capture: true });
  return aim;
}


// Tables of numbers that are renewed in place, with cells that a hand can take.
//
// A cell that is held, focused or selected stays the same element: only what differs is written.

const OURS = ["tabindex", "data-held", "data-lm-suppress-shortcuts"];  // no matter of the kernel's

function renew(now, next) {
  if (now.nodeName !== next.nodeName) return now.replaceWith(next);
  if (now.nodeType === Node.TEXT_NODE) {
    if (now.data !== next.data) now.data = next.data;
    return;
  }
  for (const { name, value } of next.attributes) {
    if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
  for (const { name } of [...now.attributes]) {
    if (!OURS.includes(name) && !next.hasAttribute(name)) now.removeAttribute(name);
  }
  const old = [...now.childNodes], fresh = [...next.childNodes];
  fresh.forEach((child, n) => n < old.length ? renew(old[n], child) : now.append(child));
  old.slice(fresh.length).forEach(child => child.remove());
}

function render({ model, el }) {
  const { listen, follow, end } = subscriptions(model);
  const root = document.createElement("div");
  root.className = "lessons-arrays lessons-live";
  const refusal = document.createElement("div");
  refusal.className = "lessons-refusal";
  refusal.setAttribute("role", "alert");
  el.append(root, refusal);

  let typing = null;
  const cells = () => [...root.querySelectorAll("[data-handle]")];
  // A box: what was typed and refused, or its number, where the focus is with all digits.
  const show = (box, focused = box === document.activeElement) => {
    if (box === typing) return;
    const [refused] = model.get("refusals")[box.dataset.handle] ?? [];
    box.value = refused ?? box.getAttribute(focused ? "data-exact" : "value");
  };
  const showAll = () => cells().filter(cell => cell.matches("input")).forEach(box => show(box));
  // Of all cells Tab reaches the one that was last chosen, and every box.
  const stop = cell => cells().forEach(one => {
    if (!one.matches("input")) one.tabIndex = one === cell ? 0 : -1;
  });
  const choose = cell => {
    if (!cell.matches("input")) stop(cell);
    cell.focus({ preventScroll: true });
  };
  const lay = () => {
    const leads = document.activeElement.closest?.("[aria-current]");
    const next = root.cloneNode(false);
    next.innerHTML = model.get("html");
    renew(root, next);
    showAll();
    if (leads && root.contains(leads) && !leads.hasAttribute("aria-current")) {
      const chosen = leads.closest("table").querySelector("[data-handle][aria-current]");
      if (chosen) choose(chosen);
    }
    const reached = cells().filter(cell => !cell.matches("input"));
    if (reached.length && !reached.some(cell => cell.tabIndex === 0)) stop(reached[0]);
  };

  // A cell goes by what the pointer has moved since it took hold, on a magnified page by less.
  const begin = (cell, event) => {
    choose(cell);
    const { clientX, clientY } = event, scale = root.getBoundingClientRect().width / root.offsetWidth;
    const to = moved => ({ x: (moved.clientX - clientX) / scale, y: (moved.clientY - clientY) / scale });
    return { to, press: "press" in cell.dataset };
  };
  const aim = hand({
    model, root, listen, follow, begin, choose,
    keyed: event => event.target.closest("[data-handle]"),
  });
  listen(root, "input", event => { typing = event.target; });
  listen(root, "change", ({ target }) => {
    aim({ type: "type", name: target.dataset.handle, text: target.value });
    typing = null;
    show(target);  // until the kernel has taken it
  });
  listen(root, "focusin", ({ target }) => {
    if (!target.matches("input")) return;
    const tabbed = target.selectionStart === 0 && target.selectionEnd === target.value.length;
    show(target);
    if (tabbed) target.select();  // not after a press: who drags would drag the selected text
  });
  listen(root, "focusout", ({ target }) => {
    typing = null;
    if (target.matches("input")) show(target, false);
  });

  const refuse = () => {
    refusal.textContent = Object.values(model.get("refusals")).map(([, why]) => why).join("\n");
    showAll();
  };
  follow("change:html", lay);
  follow("change:refusals", refuse);
  lay();
  refuse();
  return end;
}

export default { render };

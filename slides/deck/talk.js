// The projector's deck and the one in the speaker's window show the same: a slider or a button that is
// moved on one moves on the other, and a window that is opened late asks how they stand. reveal.js
// itself keeps their slides together.

const talk = new BroadcastChannel(`lessons:${location.pathname}`);
const HOW_IT_STANDS = "how it stands";
const films = () => [...document.querySelectorAll(".film")];
const sliders = (film) => [...film.querySelectorAll(".noUi-target")];
const buttons = (film) => [...film.querySelectorAll(".widget-toggle-button")];

function say(film) {
  talk.postMessage({
    film: films().indexOf(film),
    positions: sliders(film).map((slider) => slider.noUiSlider.get()),
    pressed: buttons(film).findIndex((button) => button.classList.contains("mod-active")),
  });
}

// Also what stands as it is told is told: nothing goes back and forth, since nothing changes then.
function tell(event) {
  const film = event.target.closest?.(".film");
  if (film) setTimeout(() => say(film));
}

// The projector's window alone knows; those within the speaker's have just begun.
function hear(message) {
  if (message.data !== HOW_IT_STANDS) follow(message);
  else if (window === window.top) films().forEach(say);
}

// Films are drawn a moment after their page.
function askWhenDrawn() {
  if (films().every((film) => sliders(film).length)) talk.postMessage(HOW_IT_STANDS);
  else setTimeout(askWhenDrawn, 100);
}

function follow({ data: { film: index, positions, pressed } }) {
  const film = films()[index];
  if (!film) return;
  const button = buttons(film)[pressed];
  if (button && !button.classList.contains("mod-active")) button.click();
  sliders(film).forEach((slider, n) => {
    if (slider.noUiSlider.get() !== positions[n]) slider.noUiSlider.set(positions[n]);
  });
}

function joinTalk() {
  for (const type of ["pointermove", "pointerup", "keyup", "click"]) {
    window.addEventListener(type, (event) => event.isTrusted && tell(event), { capture: true });
  }
  talk.addEventListener("message", hear);
  if (window !== window.top) askWhenDrawn();
}

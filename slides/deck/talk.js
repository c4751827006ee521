// The projector's deck and the one in the speaker's window show the same: a slider or a button that is
// moved on one moves on the other. reveal.js itself keeps their slides together.

const talk = new BroadcastChannel(`lessons:${location.pathname}`);
const films = () => [...document.querySelectorAll(".film")];
const sliders = (film) => [...film.querySelectorAll(".noUi-target")];
const buttons = (film) => [...film.querySelectorAll(".widget-toggle-button")];

// Also what stands as it is told is told: nothing goes back and forth, since nothing changes then.
function tell(event) {
  const film = event.target.closest?.(".film");
  if (!film) return;
  setTimeout(() => {
    talk.postMessage({
      film: films().indexOf(film),
      positions: sliders(film).map((slider) => slider.noUiSlider.get()),
      pressed: buttons(film).findIndex((button) => button.classList.contains("mod-active")),
    });
  });
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
  talk.addEventListener("message", follow);
}

// The film on the landing page: it runs once through its frames and back, then waits for a hand.
const film = document.querySelector(".film");
const [frame, slider, button] = ["frame", "slider", "play"].map((name) => film.querySelector(`.${name}`));
const last = Number(film.dataset.frames) - 1;
const columns = Number(film.dataset.columns);
const rows = Math.ceil((last + 1) / columns);
const still = matchMedia("(prefers-reduced-motion: reduce)");
let running = 0;

function show(number) {
  const [row, column] = [Math.floor(number / columns), number % columns];
  frame.style.backgroundPosition = `${(100 * column) / (columns - 1)}% ${(100 * row) / (rows - 1)}%`;
  slider.value = number;
  const z = Number(film.dataset.from) + ((film.dataset.to - film.dataset.from) * number) / last;
  slider.setAttribute("aria-valuetext", `z = ${z.toFixed(2)}`);
}

function stop() {
  cancelAnimationFrame(running);
  running = 0;
  button.textContent = "Play";
}

function play() {
  const [start, from] = [performance.now(), Number(slider.value)];
  button.textContent = "Pause";
  const step = (now) => {
    const gone = from + (now - start) / 60;
    if (gone > 2 * last) return stop();
    show(Math.round(gone <= last ? gone : 2 * last - gone));
    running = requestAnimationFrame(step);
  };
  running = requestAnimationFrame(step);
}

button.addEventListener("click", () => (running ? stop() : play()));
slider.addEventListener("input", () => {
  stop();
  show(Number(slider.value));
});
show(0);
if (!still.matches) play();

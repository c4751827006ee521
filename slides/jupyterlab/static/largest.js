// How large a slide's type may be, for the live deck and for the one that needs no network.

// From large to small; what does not fit at two thirds has to be split.
const SCALES = [1.3, 1.2, 1.1, 1, 0.92, 0.84, 0.76, 0.68];

// What fits at one scale fits at all smaller ones, so three looks find the largest of eight.
export function largest(fits) {
  let [low, high] = [0, SCALES.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(SCALES[middle])) high = middle;
    else low = middle + 1;
  }
  return SCALES[low];
}

// Clocks that tick by the server's instant, not by this computer's, which may be wrong.

import { dayAndTime } from './wall-clock.js';

let offset = 0;
/** The steps of the clocks that tick. */
const clocks = new WeakMap();

/** Takes the server's instant as of now. */
export function setNow(iso) { offset = Date.parse(iso) - Date.now(); }

/** The server's time now, in milliseconds. */
export const now = () => Date.now() + offset;

/** Seconds as 0:09, 12:34 or 1:02:03. */
export function spell(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const pad = (value) => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  return hours ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}

// What ticks says so itself: data-since counts up, data-until counts down, data-clock shows a wall clock.
function tick() {
  for (const element of document.querySelectorAll('[data-since]')) {
    element.textContent = spell((now() - Date.parse(element.dataset.since)) / 1000);
  }
  for (const element of document.querySelectorAll('[data-until]')) {
    element.textContent = spell((Date.parse(element.dataset.until) - now()) / 1000 + 0.999);
  }
  for (const element of document.querySelectorAll('[data-clock]')) {
    const clock = clocks.get(element);
    if (clock) element.textContent = dayAndTime(now(), clock);
  }
}

/** Lets an element tick: `kind` is since or until; an empty value stops it. */
export function ticking(element, kind, value) {
  if (value) element.dataset[kind] = value;
  else {
    delete element.dataset[kind];
    element.textContent = '';
  }
  tick();
}

/** Lets an element show a wall clock by its steps; an empty list stops it. */
export function showingClock(element, clock) {
  if (clock?.length) clocks.set(element, clock);
  else clocks.delete(element);
  ticking(element, 'clock', clock?.length ? '1' : '');
}

setInterval(tick, 250);

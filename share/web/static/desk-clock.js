// Clocks that tick by the server's instant, not by this computer's, which may be wrong.

let offset = 0;
const zones = new Map();

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

function zoneFormat(zone) {
  if (!zones.has(zone)) {
    zones.set(zone, new Intl.DateTimeFormat('en-GB', {
      timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit',
    }));
  }
  return zones.get(zone);
}

/** A time on a zone's clock, such as "Tue 24 Nov, 14:05". */
export function inZone(iso, zone) {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone || undefined, weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit',
  }).format(new Date(iso));
}

/** The wall clock of a zone at an instant, as date and time fields take it. */
export function fieldsInZone(milliseconds, zone) {
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone || undefined, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
  }).format(new Date(milliseconds));
  const [date, time] = text.split(' ');
  return { date, time };
}

// What ticks says so itself: data-since counts up, data-until counts down, data-zone shows a clock.
function tick() {
  for (const element of document.querySelectorAll('[data-since]')) {
    element.textContent = spell((now() - Date.parse(element.dataset.since)) / 1000);
  }
  for (const element of document.querySelectorAll('[data-until]')) {
    element.textContent = spell((Date.parse(element.dataset.until) - now()) / 1000 + 0.999);
  }
  for (const element of document.querySelectorAll('[data-zone]')) {
    if (element.dataset.zone) element.textContent = zoneFormat(element.dataset.zone).format(new Date(now()));
  }
}

/** Lets an element tick: `kind` is since, until or zone; an empty value stops it. */
export function ticking(element, kind, value) {
  if (value) element.dataset[kind] = value;
  else {
    delete element.dataset[kind];
    element.textContent = '';
  }
  tick();
}

setInterval(tick, 250);

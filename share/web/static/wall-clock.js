// Wall clocks by what the server says of them. A browser's own zone data may be older than the server's, so no script asks them.
//
// A clock is a list of steps, each with the instant it begins at (`from`) and the seconds to add to UTC from then on (`utc_offset`),
// earliest first. It reads as UTC where the list is empty, and before the first step as that one says.

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value) => String(value).padStart(2, '0');

/** The wall's time at an instant in milliseconds, as a date whose UTC parts are the wall's. */
function wall(milliseconds, clock) {
  let offset = clock?.[0]?.utc_offset ?? 0;
  for (const step of clock ?? []) {
    if (Date.parse(step.from) <= milliseconds) offset = step.utc_offset;
  }
  return new Date(milliseconds + offset * 1000);
}

/** The clock on which the page shows times to its reader. */
export function readersClock() {
  return JSON.parse(document.documentElement.dataset.clock || '[]');
}

/** Such as "14:05:09". */
export function timeOfDay(milliseconds, clock) {
  const at = wall(milliseconds, clock);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
}

/** Such as "Tue 14:05:09". */
export function dayAndTime(milliseconds, clock) {
  return `${weekdays[wall(milliseconds, clock).getUTCDay()]} ${timeOfDay(milliseconds, clock)}`;
}

/** Such as "Tue 24 Nov, 14:05". */
export function dateAndTime(milliseconds, clock) {
  const at = wall(milliseconds, clock);
  return `${weekdays[at.getUTCDay()]} ${at.getUTCDate()} ${months[at.getUTCMonth()]}, ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

/** As date and time fields take it. */
export function fields(milliseconds, clock) {
  const [date, time] = wall(milliseconds, clock).toISOString().split('T');
  return { date, time: time.slice(0, 5) };
}

// The agent's day: calls, talk, results, and the callbacks they promised.

import { make, spoken } from './desk-card.js';
import { spell } from './desk-clock.js';
import { send } from './http.js';
import { dateAndTime, readersClock } from './wall-clock.js';

const at = (id) => document.getElementById(id);

/** Reads the day and shows it; a callback can be called by `call(callback)`. */
export async function showDay(call) {
  let day;
  try {
    day = await send('GET', '/api/v1/desk/day');
  } catch {
    return; // It is read again in a minute.
  }
  at('day-calls').textContent = day.calls;
  at('day-answered').textContent = day.answered;
  at('day-talk').textContent = spell(day.talk_seconds);
  at('day-results').replaceChildren(...day.results.map(
    (result) => make('li', [make('span', result.label), make('strong', String(result.calls))])));
  at('day-none').hidden = day.callbacks.length > 0;
  at('day-callbacks').replaceChildren(...day.callbacks.map((callback) => {
    const text = make('span', [make('strong', callback.name || spoken(callback.number)),
      ` ${callback.is_due ? 'due since' : 'due'} ${dateAndTime(Date.parse(callback.due_at), readersClock())} · ${callback.campaign}`]);
    const button = make('button', 'Call', { type: 'button', 'aria-label': `Call ${callback.name || callback.number}` });
    button.addEventListener('click', () => call(callback));
    return make('li', [text, button]);
  }));
}

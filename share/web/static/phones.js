// Keeps the states on the pages of phones as they are.
import { listen } from './live.js';
import { wordsOf } from './station-words.js';

const rows = new Map([...document.querySelectorAll('[data-station]')].map((row) => [row.dataset.station, row]));
const connection = document.getElementById('connection');

const show = (station) => {
  const row = rows.get(station.name);
  if (!row) return;
  const state = row.querySelector('[data-state]');
  const [text, look] = wordsOf(station.state);
  if (state.textContent !== text) state.textContent = text;
  state.className = `state ${look}`;
  if (state.dataset.state === station.state) return;
  state.dataset.state = station.state;
  row.querySelector('[data-detail]').textContent = station.detail;
  // The advice was for the state before.
  row.querySelector('[data-advice]')?.remove();
};

if (rows.size) {
  listen('/live/floor', { stations: (stations) => stations.forEach(show) }, (isConnected) => {
    if (connection) connection.textContent = isConnected ? '' : 'Not connected; the states may be old.';
  });
}

// How far campaigns are, and why they stand still.
import { send } from './http.js';
import { dateAndTime, readersClock } from './wall-clock.js';

const setText = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};

/** Shows how many of a campaign's contacts are finished. */
export async function showProgress(id, bar, text) {
  try {
    const progress = await send('GET', `/api/v1/campaigns/${id}/progress`);
    bar.max = Math.max(1, progress.total);
    bar.value = progress.total - progress.remaining;
    const calls = Object.values(progress.outcomes).reduce((sum, count) => sum + count, 0);
    setText(
      text,
      progress.total === 0
        ? 'No contacts yet; import a list.'
        : `${(progress.total - progress.remaining).toLocaleString()} of ${progress.total.toLocaleString()} contacts finished, ${calls.toLocaleString()} calls`,
    );
  } catch (error) {
    setText(text, error.message);
  }
}

/** Says what holds a campaign back. */
export async function showWhy(id, node) {
  let lines;
  try {
    const why = await send('GET', `/api/v1/campaigns/${id}/standstill`);
    lines = [`${why.dialable.toLocaleString()} contacts may be called now.`];
    lines.push(...why.causes.map((cause) => (cause.contacts === undefined ? `${capital(cause.text)}.` : `${cause.contacts.toLocaleString()} ${cause.text}.`)));
    if (why.dialable === 0 && why.earliest) lines.push(`The first contact may be called ${dateAndTime(Date.parse(why.earliest), readersClock())}.`);
  } catch (error) {
    lines = [error.message];
  }
  const text = lines.join('\n');
  if (node.dataset.shown === text) return;
  node.dataset.shown = text;
  const list = document.createElement('ul');
  list.className = 'why-list';
  list.append(...lines.map((line) => {
    const item = document.createElement('li');
    item.textContent = line.replace(/\.\.$/, '.');
    return item;
  }));
  node.replaceChildren(list);
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

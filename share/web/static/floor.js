// The live floor: a change of one station touches its row alone, and all that came within a frame is shown together.
import { listen } from './live.js';
import { send } from './http.js';
import { showProgress, showWhy } from './standing.js';
import { looks, readable, wordsOf } from './station-words.js';
import { readersClock, timeOfDay } from './wall-clock.js';

const byId = (id) => document.getElementById(id);

const talking = ['in_call', 'held', 'dialing'];

/** Rows by station: the newest status, its cells, and what they show. */
const rows = new Map();
const changed = new Set();
let frame = 0;
/** The server's clock less this computer's, in milliseconds. */
let offset = 0;
let pauseTarget = null;

const now = () => Date.now() + offset;
const setText = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};

function duration(from) {
  const seconds = Math.max(0, Math.floor((now() - Date.parse(from)) / 1000));
  const pad = (number) => String(number).padStart(2, '0');
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${pad(seconds % 60)}`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

function makeRow(name) {
  const row = document.createElement('tr');
  const cells = {};
  const add = (key, tag = 'td') => {
    const cell = document.createElement(tag);
    row.append(cell);
    cells[key] = cell;
    return cell;
  };
  const head = add('name', 'th');
  head.scope = 'row';
  head.textContent = name;
  const state = add('state');
  cells.word = document.createElement('span');
  cells.word.className = 'state';
  cells.why = document.createElement('span');
  cells.why.className = 'why';
  state.append(cells.word, cells.why);
  add('since');
  add('agent');
  const number = add('number');
  cells.link = document.createElement('a');
  number.append(cells.link);
  cells.button = document.createElement('button');
  cells.button.type = 'button';
  cells.button.addEventListener('click', () => act(name));
  add('acts').append(cells.button);
  return { row, cells, station: null };
}

function showRow(entry) {
  const { cells, station } = entry;
  const [word, look] = wordsOf(station.state);
  setText(cells.word, word);
  const name = look ? `state ${look}` : 'state';
  if (cells.word.className !== name) cells.word.className = name;
  if (cells.word.dataset.state !== station.state) cells.word.dataset.state = station.state;
  const incoming = station.incoming ? `${station.incoming.number ?? 'somebody'} rings on line ${station.incoming.line}` : '';
  // A pause that waits for the end of a call is told beside it.
  const paused = station.paused_reason && station.state !== 'paused' ? `paused after this: ${station.paused_reason}` : '';
  setText(cells.why, [incoming, paused, station.detail].filter(Boolean).join('; '));
  setText(cells.agent, station.agent ? station.agent + (station.is_staffed ? '' : ' (page not open)') : station.is_staffed ? '' : 'nobody');
  setText(cells.link, station.number ?? '');
  const target = station.contact_id ? `/contacts/${station.contact_id}` : station.number ? `/contacts?q=${encodeURIComponent(station.number)}` : '';
  if (target && cells.link.getAttribute('href') !== target) cells.link.href = target;
  if (!target) cells.link.removeAttribute('href');
  const label = station.paused_reason || station.state === 'locked_out' ? 'Ready' : 'Pause';
  setText(cells.button, label);
  cells.button.setAttribute('aria-label', `${label}: ${station.name}`);
  // Where nobody sits there is nobody to pause.
  cells.button.hidden = station.state === 'paused' && !station.paused_reason;
  showSince(entry);
  entry.row.hidden = !isWanted(station);
}

function showSince({ cells, station }) {
  const from = (station.state === 'in_call' && station.connected_at) || station.since;
  setText(cells.since, from ? duration(from) : '');
}

function isWanted(station) {
  const text = byId('find').value.trim().toLowerCase();
  const state = byId('state-filter').value;
  if (state && station.state !== state) return false;
  return !text || [station.name, station.agent, station.number].some((value) => value?.toLowerCase().includes(text));
}

function showAll() {
  let shown = 0;
  for (const { row, station } of rows.values()) {
    const hidden = !isWanted(station);
    if (row.hidden !== hidden) row.hidden = hidden;
    if (!hidden) shown += 1;
  }
  setText(byId('station-count'), shown === rows.size ? `${rows.size}` : `${shown} of ${rows.size}`);
}

function render() {
  frame = 0;
  const added = [];
  for (const name of changed) {
    const entry = rows.get(name);
    showRow(entry);
    if (!entry.row.isConnected) added.push(entry.row);
  }
  changed.clear();
  if (added.length > 0) byId('stations').append(...added);
  byId('no-stations').hidden = rows.size > 0;
  showAll();
}

function takeStations(stations) {
  for (const station of stations) {
    let entry = rows.get(station.name);
    if (!entry) {
      entry = makeRow(station.name);
      rows.set(station.name, entry);
    }
    entry.station = station;
    changed.add(station.name);
  }
  frame ||= requestAnimationFrame(render);
  byId('no-stations').hidden = rows.size > 0;
}

async function act(name) {
  const { station } = rows.get(name);
  if (station.paused_reason || station.state === 'locked_out') {
    await attempt(() => send('POST', `/api/v1/stations/${encodeURIComponent(name)}/ready`, {}));
    return;
  }
  pauseTarget = name;
  setText(byId('pause-name'), name);
  byId('pause-dialog').returnValue = '';
  byId('pause-dialog').showModal();
  byId('pause-reason').select();
}

async function attempt(work) {
  try {
    await work();
    say('');
  } catch (error) {
    say(error.message);
  }
}

function say(text) {
  const node = byId('trouble');
  node.dataset.said = text;
  setText(node, text || node.dataset.trouble || '');
  node.hidden = node.textContent === '';
}

const pace = [];

/** How long a floor may say nothing: it is told its state once a second. */
const silence = 6000;
let toldAt = performance.now();

/** What the engine says of its lateness, and what its silence says. */
function showLate(text) {
  const silent = performance.now() - toldAt;
  const isSilent = silent > silence && byId('connection').hidden;
  const since = timeOfDay(Date.now() - silent, readersClock());
  const shown = isSilent ? `The engine has not answered since ${since}: what is shown is not of now. If it does not go on by itself, an administrator has to start Offhook again.` : text;
  setText(byId('late'), shown);
  byId('late').hidden = shown === '';
}

function takeSummary(summary) {
  toldAt = performance.now();
  showLate(summary.late ?? '');
  offset = Date.parse(summary.now) - Date.now();
  const count = (...states) => states.reduce((sum, state) => sum + (summary.stations[state] ?? 0), 0);
  setText(byId('pace'), String(summary.calls_last_minute));
  setText(byId('talking'), String(count(...talking)));
  setText(byId('wrapping'), String(count('wrap_up')));
  setText(byId('ready'), String(count('ready', 'reserved')));
  setText(byId('paused'), String(count('paused')));
  setText(byId('left'), summary.contacts_remaining.toLocaleString());
  const trouble = summary.trouble ?? (summary.is_stopping ? 'Offhook is stopping: no further call is placed.' : '');
  if (byId('trouble').dataset.trouble !== trouble) {
    byId('trouble').dataset.trouble = trouble;
    say(byId('trouble').dataset.said ?? '');
  }
  const held = summary.held.join('\n');
  if (byId('held').dataset.shown !== held) {
    byId('held').dataset.shown = held;
    byId('held').replaceChildren(...summary.held.map((text) => {
      const line = document.createElement('p');
      line.className = 'card';
      line.textContent = `Held back: ${text}`;
      return line;
    }));
  }
  showOutcomes(summary.outcomes);
  notePace(summary.calls_last_minute);
}

const bars = new Map();

function showOutcomes(outcomes) {
  const most = Math.max(1, ...Object.values(outcomes));
  const order = Object.entries(outcomes).sort((left, right) => right[1] - left[1]);
  byId('no-outcomes').hidden = order.length > 0;
  for (const [outcome, calls] of order) {
    let bar = bars.get(outcome);
    if (!bar) {
      const row = document.createElement('tr');
      const head = document.createElement('th');
      head.scope = 'row';
      head.textContent = outcome.replaceAll('_', ' ');
      const meter = document.createElement('progress');
      meter.setAttribute('aria-label', head.textContent);
      const cell = document.createElement('td');
      cell.append(meter);
      const number = document.createElement('td');
      row.append(head, cell, number);
      byId('outcomes').append(row);
      bar = { meter, number };
      bars.set(outcome, bar);
    }
    bar.meter.max = most;
    bar.meter.value = calls;
    setText(bar.number, String(calls));
  }
}

const namespace = 'http://www.w3.org/2000/svg';
const spark = document.createElementNS(namespace, 'polyline');
byId('spark').append(spark);
let lastPace = 0;

/** A point every five seconds, a quarter of an hour at most. */
function notePace(calls) {
  if (now() - lastPace < 5000) return;
  lastPace = now();
  pace.push(calls);
  if (pace.length > 180) pace.shift();
  const most = Math.max(1, ...pace);
  byId('trend').hidden = pace.length < 2;
  setText(byId('most'), `, at most ${most.toLocaleString()}`);
  const step = 300 / Math.max(1, pace.length - 1);
  spark.setAttribute('points', pace.map((value, index) => `${(index * step).toFixed(1)},${(46 - (value / most) * 44).toFixed(1)}`).join(' '));
}

const events = byId('events');
let isHeld = false;
let waiting = [];
/** An event of a station is told in the words of its state. */
const eventWords = (name) => {
  const [, what, state] = /^(station|attempt)_(.+)$/.exec(name) ?? [];
  return looks[state] ? `${what} ${looks[state][0]}` : readable(name);
};
let eventFrame = 0;

function takeEvent(event) {
  waiting.push(event);
  if (waiting.length > 200) waiting.shift();
  if (isHeld) setText(byId('hold'), `Go on (${waiting.length} new)`);
  else eventFrame ||= setTimeout(showEvents, 250);
}

function showEvents() {
  eventFrame = 0;
  if (waiting.length === 0) return;
  const lines = waiting.reverse().map((event) => {
    const line = document.createElement('li');
    const time = document.createElement('time');
    time.dateTime = event.at;
    time.textContent = timeOfDay(Date.parse(event.at), readersClock());
    const where = [event.station, event.agent, event.number, event.detail && readable(event.detail)].filter(Boolean).join(' · ');
    line.append(time, ` ${eventWords(event.event)}${where ? ` · ${where}` : ''}`);
    return line;
  });
  waiting = [];
  events.prepend(...lines);
  while (events.childElementCount > 200) events.lastElementChild.remove();
}

byId('hold').addEventListener('click', () => {
  isHeld = !isHeld;
  byId('hold').setAttribute('aria-pressed', String(isHeld));
  setText(byId('hold'), isHeld ? 'Go on' : 'Hold still');
  if (!isHeld) showEvents();
});

for (const [state, [word]] of Object.entries(looks)) {
  const option = document.createElement('option');
  option.value = state;
  option.textContent = word;
  byId('state-filter').append(option);
}
byId('find').addEventListener('input', showAll);
byId('state-filter').addEventListener('change', showAll);

byId('pause-dialog').addEventListener('close', () => {
  if (byId('pause-dialog').returnValue !== 'pause' || !pauseTarget) return;
  const name = pauseTarget;
  attempt(() => send('POST', `/api/v1/stations/${encodeURIComponent(name)}/pause`, { reason: byId('pause-reason').value }));
});

function startCampaigns() {
  for (const card of document.querySelectorAll('[data-campaign]')) {
    const id = card.dataset.campaign;
    const part = (name) => card.querySelector(`[data-part="${name}"]`);
    const progress = () => showProgress(id, part('bar'), part('progress'));
    progress();
    setInterval(() => document.hidden || progress(), 10000);
    const details = card.querySelector('details');
    const why = () => details.open && !document.hidden && showWhy(id, part('why'));
    details.addEventListener('toggle', why);
    setInterval(why, 15000);
    card.querySelector('[data-act="toggle"]').addEventListener('click', (click) => attempt(async () => {
      const campaign = await send('POST', `/api/v1/campaigns/${id}/state`, { state: card.dataset.state === 'started' ? 'paused' : 'started' });
      showState(card, campaign.state, click.currentTarget ?? card.querySelector('[data-act="toggle"]'));
      why();
    }));
  }
}

function showState(card, state, button) {
  card.dataset.state = state;
  const word = card.querySelector('[data-part="state"]');
  word.className = `state ${{ started: 'good', paused: 'warn' }[state] ?? ''}`;
  setText(word, state);
  setText(button.firstChild, state === 'started' ? 'Pause' : 'Start');
  // An archived campaign is never started again.
  button.hidden = state === 'archived';
}

/** Somebody else started or paused a campaign. */
function noteCampaign(event) {
  const state = { campaign_started: 'started', campaign_paused: 'paused', campaign_archived: 'archived' }[event.event];
  const card = state && document.querySelector(`[data-campaign="${event.campaign_id}"]`);
  if (card) showState(card, state, card.querySelector('[data-act="toggle"]'));
}

startCampaigns();
listen('/live/floor', { stations: takeStations, summary: takeSummary }, (isConnected) => {
  byId('connection').hidden = isConnected;
});
listen('/events', {
  journal: (event) => {
    noteCampaign(event);
    takeEvent(event);
  },
});
setInterval(() => {
  if (document.hidden) return;
  if (performance.now() - toldAt > silence) showLate(byId('late').textContent);
  for (const entry of rows.values()) if (!entry.row.hidden) showSince(entry);
}, 1000);
// A page that nobody looked at is told anew first.
document.addEventListener('visibilitychange', () => document.hidden || (toldAt = performance.now()));

// The agent's desk. The stream tells how the station stands; what more is shown is read when it changed.

import { showActions } from './desk-actions.js';
import { make, showCaller, showContact, spoken } from './desk-card.js';
import { setNow, ticking } from './desk-clock.js';
import { showDay } from './desk-day.js';
import { draft, forgetAll } from './desk-draft.js';
import { areOn, listenForKeys, switchKeys } from './desk-keys.js';
import { Keypad } from './desk-keypad.js';
import { Outcome } from './desk-outcome.js';
import { listen } from './live.js';
import { send } from './http.js';

const at = (id) => document.getElementById(id);
const desk = at('desk');
const api = '/api/v1/desk';
let view = null;
let sheet = null;
let lastCallShown;

function tell(text, isProblem = false) {
  at('said').textContent = isProblem ? '' : text;
  at('problem').textContent = isProblem ? text : '';
}

/** Sends what the agent wants; false where it was refused, and the sentence is shown. */
async function act(method, path, body) {
  try {
    const answer = await send(method, api + path, body);
    tell('');
    if (answer?.state) show(answer);
    return true;
  } catch (error) {
    if (error.status === 401) location.assign('/login?next=/desk');
    tell(error.status ? error.message : 'The server cannot be reached; try again when the connection is back.', true);
    return false;
  }
}

const outcome = new Outcome(desk.dataset.user, tell, () => {
  isChanging = false;
  read();
});
let isChanging = false;
outcome.isInCall = () => ['dialing', 'in_call', 'held'].includes(view?.station.state);
const keypad = new Keypad((digits) => act('POST', '/commands', { command: 'keys', keys: digits }));
const callBack = ({ campaign, contact_id }) => act('POST', '/calls', { campaign, contact_id });

// The state: shown at once, from the stream.
function showView(next) {
  const former = view?.station.state;
  view = next;
  setNow(next.now);
  desk.dataset.state = next.station.state;
  const isInCall = ['dialing', 'in_call', 'held', 'busy_by_hand'].includes(next.station.state);
  if (isInCall) desk.dataset.call = '1';
  else delete desk.dataset.call;
  if (!isInCall) keypad.close();
  at('head').className = `card desk-head tone-${next.tone}`;
  if (at('headline').textContent !== next.headline) at('headline').textContent = next.headline;
  at('explanation').textContent = next.explanation;
  ticking(at('timer'), 'since', next.timer_since);
  at('countdown').hidden = !next.countdown_until;
  at('countdown-label').textContent = next.countdown_label ?? '';
  ticking(at('countdown-time'), 'until', next.countdown_until);
  showActions(next.actions, press, (reason) => tell(reason, true));
  document.title = `${next.headline} · ${next.station.name} · Offhook`;
  if (former && former !== next.station.state && next.station.state === 'dialing') tell('');
}

// All the rest: read when the stream says that it changed.
function show(next) {
  sheet = next;
  showView(next.state);
  showContact(next.contact);
  showCaller(next.caller);
  at('no-contact').hidden = Boolean(next.contact || next.caller);
  if (next.call) isChanging = false;
  const last = next.last_call;
  const subject = next.call ?? (isChanging ? last : null);
  outcome.show(subject ?? null, Boolean(next.call), next.contact);
  at('last-call').hidden = !last || isChanging;
  if (last) {
    const unsent = draft(desk.dataset.user, last.attempt_id).note;
    const waiting = unsent && unsent !== (last.note ?? '') ? ' · The note that you typed is not sent yet.' : '';
    at('last-text').textContent = `${last.name || spoken(last.number)}: ${last.said_label ?? 'nothing said'}${last.note ? ` · ${last.note}` : ''}${waiting}`;
  }
  if (lastCallShown !== (last?.attempt_id ?? 0)) {
    lastCallShown = last?.attempt_id ?? 0;
    showDay(callBack);
  }
}

let reading = 0;
async function read() {
  const mine = ++reading;
  try {
    const next = await send('GET', api);
    if (mine === reading) show(next);
  } catch (error) {
    if (error.status === 401) location.assign('/login?next=/desk');
    if (error.status === 409) location.assign('/desk');
  }
}

// Buttons.
const dialogs = {
  pause: ['Why do you pause?', 'Pause', (reason) => act('POST', '/pause', { reason })],
  skip: ['Why do you skip this contact?', 'Skip', (reason) => act('POST', '/skip', { reason })],
};
const skipReasons = ['Bad time', 'Spoken to already', 'Wrong contact'];

function askReason(kind) {
  const [title, label, then] = dialogs[kind];
  const reasons = kind === 'pause' ? sheet?.pause_reasons ?? [] : skipReasons;
  at('reason-title').textContent = title;
  at('reason-send').textContent = label;
  at('reason-text').value = '';
  at('reason-text').required = kind === 'pause';
  at('reason-choices').replaceChildren(...reasons.map((reason, index) => {
    const key = index < 9 ? String(index + 1) : '';
    const button = make('button', [...(key ? [make('kbd', key)] : []), reason], { type: 'button', 'data-key': key });
    button.addEventListener('click', () => {
      at('reason-dialog').close();
      then(reason);
    });
    return button;
  }));
  at('reason-form').onsubmit = () => then(at('reason-text').value);
  at('reason-dialog').showModal();
  at('reason-choices').querySelector('button')?.focus();
}

function openCall() {
  at('call-problem').textContent = '';
  at('call-campaign').replaceChildren(...(sheet?.campaigns ?? []).map((name) => make('option', name)));
  if (!sheet?.campaigns.length) return tell('No started campaign is served by this station; ask a manager.', true);
  at('call-dialog').showModal();
  at('call-number').focus();
}

async function placeCall(event) {
  event.preventDefault();
  at('call-send').disabled = true;
  at('call-problem').textContent = '';
  try {
    show(await send('POST', `${api}/calls`, { campaign: at('call-campaign').value, number: at('call-number').value }));
    at('call-number').value = '';
    at('call-dialog').close();
  } catch (error) {
    at('call-problem').textContent = error.status ? error.message : 'The server cannot be reached.';
  } finally {
    at('call-send').disabled = false;
  }
}

const consult = async (command, title) => {
  if (await act('POST', '/commands', { command })) keypad.open(title, 'Type the number, then Send (Enter).');
};

async function press(action, button) {
  if (button.getAttribute('aria-busy') === 'true') return;
  button.setAttribute('aria-busy', 'true');
  try {
    await perform(action);
  } finally {
    button.removeAttribute('aria-busy');
  }
}

async function perform(action) {
  switch (action) {
    case 'ready': case 'take': return act('POST', `/${action}`);
    case 'pause': case 'skip': return askReason(action);
    case 'leave':
      forgetAll();
      return at('leave-form').submit();
    case 'more_time': return act('POST', '/more-time', { attempt_id: view.station.attempt_id, seconds: 60 });
    case 'call': return openCall();
    case 'keypad': return keypad.isOpen ? keypad.close() : keypad.open();
    case 'transfer': return consult(action, 'Transfer');
    case 'conference': return consult(action, 'Conference');
    case 'accept': case 'reject':
      return act('POST', '/commands', { command: action, line: view.station.incoming?.line });
    case 'hang_up':
      await outcome.flush();
      return act('POST', '/commands', { command: action });
    default: return act('POST', '/commands', { command: action });
  }
}

at('call-form').addEventListener('submit', placeCall);
at('last-change').addEventListener('click', () => {
  isChanging = true;
  show(sheet);
  at('choices').querySelector('button')?.focus();
});
at('help-on').checked = areOn();
at('help-on').addEventListener('change', () => switchKeys(at('help-on').checked));
at('help-open').addEventListener('click', () => {
  // What is not on the page now cannot be pressed now.
  const buttons = [...document.querySelectorAll('#desk button[data-key]')]
    .filter((one) => one.dataset.key && one.getClientRects().length > 0);
  const rows = buttons.map((one) => {
    const label = one.cloneNode(true);
    for (const key of label.querySelectorAll('kbd')) key.remove();
    return [one.dataset.key, label.textContent.trim()];
  });
  at('help-keys').replaceChildren(...[...rows, ...(at('outcome').hidden ? [] : [['n', 'Note']])].map(([key, label]) =>
    make('div', [make('dt', make('kbd', key.toUpperCase())), make('dd', label)])));
  at('help-dialog').showModal();
});
for (const button of document.querySelectorAll('[data-close]')) {
  button.addEventListener('click', () => button.closest('dialog').close());
}
listenForKeys(
  { n: () => at('note').focus() },
  () => {
    if (!at('callback').hidden) outcome.closeCallback();
    else if (isChanging) outcome.leave();
  },
  (event, key) => keypad.take(event, key));

// The connection: a stream that says nothing for longer than its signs of life take is dead, whatever the browser thinks.
const silence = 12_000;
let heardAt = Date.now();
let isLost = false;
let stop;

function setLost(lost) {
  if (lost === isLost) return;
  isLost = lost;
  at('connection').hidden = !lost;
  if (!lost) read();
}

function connect() {
  stop?.();
  heardAt = Date.now();
  const heard = () => {
    heardAt = Date.now();
    setLost(false);
  };
  stop = listen('/live/desk', {
    desk: (next) => {
      heard();
      showView(next);
      if (next.content_key !== sheet?.state.content_key) read();
    },
    beat: heard,
  }, (isConnected) => {
    if (isConnected) heard();
    else {
      setLost(true);
      // A refusal means that the agent sits here no longer, or is logged out: reading says which.
      read();
    }
  });
}

setInterval(() => {
  if (Date.now() - heardAt <= silence) return;
  setLost(true);
  connect();
}, 1000);
setInterval(() => showDay(callBack), 60_000);
addEventListener('offline', () => setLost(true));
addEventListener('online', connect);
document.querySelector('form[action="/logout"]')?.addEventListener('submit', forgetAll);
read();
connect();

// The buttons for what can be done now. Each is made once and then changed, so that the cursor stays where it is.

import { make } from './desk-card.js';

const places = {
  take: 'offer-actions', skip: 'offer-actions', accept: 'incoming-actions', reject: 'incoming-actions',
  hang_up: 'call-actions', hold: 'call-actions', resume: 'call-actions', mute: 'call-actions', keypad: 'call-actions',
  ready: 'work-actions', pause: 'work-actions', leave: 'work-actions', call: 'work-actions',
  more_time: 'countdown-actions', send: 'keypad-actions',
};

/** The key as it stands on the button. */
const shown = (key) => (key.length === 1 ? key.toUpperCase() : key);

/**
 * Shows the actions of a view.
 *
 * @param actions as the server gives them
 * @param press what to do with the one that was pressed
 * @param refuse told why one cannot be pressed
 */
export function showActions(actions, press, refuse) {
  const known = new Map([...document.querySelectorAll('button[data-action]')].map((button) => [button.dataset.action, button]));
  const wanted = new Set(actions.map((action) => action.id));
  let left;
  for (const [id, button] of known) {
    if (wanted.has(id)) continue;
    if (button === document.activeElement) left = button.parentElement;
    button.remove();
  }
  const reasons = new Map();
  const counts = new Map();
  for (const action of actions) {
    const place = document.getElementById(places[action.id] ?? 'phone-actions');
    let button = known.get(action.id);
    if (!button) button = made(action.id, press, refuse);
    if (button.dataset.label !== action.label) {
      button.dataset.label = action.label;
      button.replaceChildren(action.label, ...(action.key ? [' ', make('kbd', shown(action.key))] : []));
    }
    button.dataset.key = action.key.length === 1 ? action.key : '';
    button.setAttribute('aria-disabled', String(!action.is_enabled));
    button.title = action.reason ?? '';
    if (place.id === 'phone-actions' && action.reason) {
      reasons.set(action.reason, [...(reasons.get(action.reason) ?? []), action.label]);
    }
    const index = counts.get(place) ?? 0;
    counts.set(place, index + 1);
    if (place.children[index] !== button) place.insertBefore(button, place.children[index] ?? null);
  }
  // Whoever works by keyboard goes on where they pressed: Ready becomes Pause in the same place.
  left?.querySelector('button')?.focus();
  document.getElementById('phone-reasons').textContent = [...reasons]
    .map(([reason, labels]) => `${labels.join(', ')}: ${reason}`).join(' ');
}

function made(id, press, refuse) {
  const button = make('button', '', { type: 'button', 'data-action': id, class: `act-${id}` });
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') === 'true') refuse(button.title);
    else press(id, button);
  });
  return button;
}

// Single keys press the button that shows them, while no field has the cursor and no dialog is open.

const stored = 'offhook-desk-keys';

/** Whether single keys are on; a person can switch them off. */
export const areOn = () => localStorage.getItem(stored) !== 'off';
export const switchKeys = (on) => localStorage.setItem(stored, on ? 'on' : 'off');

const isField = (element) => element instanceof HTMLElement
  && (element.matches('input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select')
    || element.isContentEditable);

const isSeen = (element) => element.getClientRects().length > 0;

function press(scope, key) {
  const wanted = [...scope.querySelectorAll('button[data-key]')].find(
    (button) => button.dataset.key === key && isSeen(button));
  if (!wanted) return false;
  wanted.click();
  return true;
}

/**
 * Listens for keys.
 *
 * @param ways what else a key does: { n: () => ... }
 * @param onEscape what Esc does outside of dialogs
 * @param capture asked first with each key; true where it took it (the keypad does)
 */
export function listenForKeys(ways, onEscape, capture) {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
    const dialog = document.querySelector('dialog[open]');
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (isField(event.target)) {
      if (key === 'Escape' && !dialog) {
        event.target.blur();
        event.preventDefault();
      }
      return;
    }
    if (dialog) {
      if (areOn() && key.length === 1 && press(dialog, key)) event.preventDefault();
      return;
    }
    if (capture(event, key)) return event.preventDefault();
    if (key === 'Escape') return onEscape();
    if (!areOn() || key.length !== 1 || key === ' ') return;
    if (ways[key]) {
      ways[key]();
      event.preventDefault();
    } else if (press(document, key)) event.preventDefault();
  });
}

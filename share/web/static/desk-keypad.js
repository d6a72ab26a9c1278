// The keypad: digits go into the call as they are pressed, or after Transfer and Conference are dialled.

import { make } from './desk-card.js';

const at = (id) => document.getElementById(id);
const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** @param press sends digits to the phone. They go one after another, in the order in which they were pressed. */
export class Keypad {
  constructor(press) {
    this.waiting = '';
    this.press = press;
    at('keypad-keys').replaceChildren(...keys.map((key) => {
      const button = make('button', key, { type: 'button' });
      button.addEventListener('click', () => this.add(key));
      return button;
    }));
    at('keypad-close').addEventListener('click', () => this.close());
  }

  get isOpen() { return !at('keypad').hidden; }

  open(title = 'Keypad', hint = 'Press keys here or on the keyboard; Esc closes.') {
    at('keypad-title').textContent = title;
    at('keypad-hint').textContent = hint;
    at('keypad-output').textContent = '';
    at('keypad').hidden = false;
    at('keypad-keys').focus();
  }

  close() { at('keypad').hidden = true; }

  add(key) {
    at('keypad-output').textContent += key;
    this.waiting += key;
    this.flow();
  }

  async flow() {
    if (this.isFlowing) return;
    this.isFlowing = true;
    while (this.waiting) {
      const digits = this.waiting.slice(0, 32);
      this.waiting = this.waiting.slice(digits.length);
      if (!await this.press(digits)) this.waiting = '';
    }
    this.isFlowing = false;
  }

  /** Takes a key of the keyboard while it is open. */
  take(event, key) {
    if (!this.isOpen) return false;
    if (keys.includes(key)) {
      this.add(key);
      return true;
    }
    if (key === 'Escape') {
      this.close();
      return true;
    }
    if (key === 'Enter' && (document.activeElement === at('keypad-keys') || document.activeElement === document.body)) {
      document.querySelector('button[data-action="send"]')?.click();
      return true;
    }
    return false;
  }
}

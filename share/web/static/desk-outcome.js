// What came of a call: the results as large buttons, the note, the callback, do not call.

import { make, spoken } from './desk-card.js';
import { now, showingClock } from './desk-clock.js';
import { draft, forget, keep } from './desk-draft.js';
import { send } from './http.js';
import { fields, readersClock } from './wall-clock.js';

const at = (id) => document.getElementById(id);

/** The panel for one call at a time: the open one, or the last one while its result is changed. */
export class Outcome {
  constructor(user, tell, onSaid) {
    this.user = user;
    this.tell = tell;
    this.onSaid = onSaid;
    this.subject = null;
    this.isChange = false;
    at('note').addEventListener('input', () => this.noteTyped());
    at('do-not-call').addEventListener('click', () => this.askDoNotCall());
    at('dnc-form').addEventListener('submit', () => this.doNotCall());
    at('callback').addEventListener('submit', (event) => { event.preventDefault(); this.agree(true); });
    at('callback-open').addEventListener('click', () => this.agree(false));
    at('callback-cancel').addEventListener('click', () => this.closeCallback());
    at('callback-nearest').addEventListener('click', () => this.takeNearest());
    at('outcome-cancel').addEventListener('click', () => this.leave());
    at('save-note').addEventListener('click', () => this.say(this.subject.said_code));
    for (const id of ['callback-date', 'callback-time']) at(id).addEventListener('input', () => this.timeTyped());
  }

  /** Shows the panel for a call, or hides it. What is typed stays where the call is the same. */
  show(subject, isOpen, contact) {
    const isSame = this.subject?.attempt_id === subject?.attempt_id && this.isOpen === isOpen;
    this.isOpen = isOpen;
    this.zone = contact?.time_zone ?? this.zone;
    this.clock = contact?.clock?.length ? contact.clock : this.clock ?? readersClock();
    this.subject = subject;
    at('outcome').hidden = !subject;
    if (!subject) return;
    if (!isSame) this.begin();
    this.showChoices();
  }

  begin() {
    const kept = draft(this.user, this.subject.attempt_id);
    at('note').value = kept.note ?? this.subject.note ?? '';
    at('callback').hidden = true;
    at('outcome-title').textContent = this.isOpen ? 'What came of it' : 'Change the last result';
    at('outcome-hint').hidden = this.isOpen;
    at('outcome-hint').textContent = this.isOpen ? ''
      : `${this.subject.name || spoken(this.subject.number)}: ${this.subject.said_label ?? 'nothing said'}. Choose what holds.`;
    at('outcome-cancel').hidden = this.isOpen;
    at('save-note').hidden = this.isOpen || !this.subject.said_code || this.subject.said_code === 'NONE_GIVEN';
    const choice = this.subject.choices.find((one) => one.code === kept.code && one.is_callback);
    if (choice) this.openCallback(choice, false);
  }

  showChoices() {
    const box = at('choices');
    const known = new Map([...box.children].map((button) => [button.dataset.code, button]));
    this.subject.choices.forEach((choice, index) => {
      let button = known.get(choice.code);
      known.delete(choice.code);
      if (!button) {
        button = make('button', '', { type: 'button', 'data-code': choice.code });
        button.addEventListener('click', () => this.choose(button.dataset.code));
      }
      button.replaceChildren(...(choice.key ? [make('kbd', choice.key.toUpperCase())] : []), choice.label);
      if (choice.key) button.dataset.key = choice.key;
      else delete button.dataset.key;
      button.classList.toggle('danger', choice.kind === 'do_not_call');
      button.setAttribute('aria-pressed', String(choice.code === this.subject.said_code));
      if (box.children[index] !== button) box.insertBefore(button, box.children[index] ?? null);
    });
    for (const button of known.values()) button.remove();
    at('do-not-call').hidden = this.subject.choices.some((choice) => choice.kind === 'do_not_call');
  }

  choose(code) {
    const choice = this.subject.choices.find((one) => one.code === code);
    if (!choice) return;
    if (choice.is_callback) this.openCallback(choice, true);
    else if (choice.kind === 'do_not_call') this.askDoNotCall();
    else this.say(code);
  }

  async say(code, callback) {
    const attempt = this.subject.attempt_id;
    const note = at('note').value;
    keep(this.user, attempt, { note, code });
    await this.sending(async () => {
      const answer = await send('POST', '/api/v1/desk/disposition', { attempt_id: attempt, code, callback, note });
      this.saidNote = { attempt, note };
      // While the call goes on, a later word is still sent with the note; it is forgotten when the call is over.
      if (!this.isOpen || !this.isInCall?.()) forget(this.user, attempt);
      at('callback').hidden = true;
      this.tell(answer.text);
      this.onSaid();
    });
  }

  async sending(work) {
    if (this.isSending) return;
    this.isSending = true;
    at('outcome').setAttribute('aria-busy', 'true');
    try {
      await work();
    } catch (error) {
      this.tell(error.status ? error.message
        : 'The server cannot be reached; what you typed is kept. Press again when the connection is back.', true);
    } finally {
      this.isSending = false;
      at('outcome').removeAttribute('aria-busy');
    }
  }

  // A result that was given during the call takes the note along that is typed afterwards.
  noteTyped() {
    const { attempt_id: attempt, said_code: code } = this.subject;
    keep(this.user, attempt, { note: at('note').value });
    clearTimeout(this.noteTimer);
    if (this.isOpen && code) this.noteTimer = setTimeout(() => this.flush(), 1000);
  }

  /** Sends a note that was typed after the result was given. */
  async flush() {
    clearTimeout(this.noteTimer);
    const code = this.subject?.said_code;
    if (!this.isOpen || !code || this.pendingCallback) return;
    const note = at('note').value;
    if (this.saidNote?.attempt === this.subject.attempt_id && this.saidNote.note === note) return;
    await this.say(code, this.saidCallback?.attempt === this.subject.attempt_id ? this.saidCallback.time : undefined);
  }

  openCallback(choice, focus) {
    this.pending = choice;
    const kept = draft(this.user, this.subject.attempt_id);
    const tomorrow = fields(now() + 86_400_000, this.clock);
    at('callback-title').textContent = choice.label;
    at('callback-zone').textContent = this.zone ? `(${this.zone})` : '';
    showingClock(at('callback-now'), this.clock);
    at('callback-date').min = fields(now(), this.clock).date;
    at('callback-date').value = kept.date ?? tomorrow.date;
    at('callback-time').value = kept.time ?? `${tomorrow.time.slice(0, 3)}00`;
    keep(this.user, this.subject.attempt_id, { code: choice.code });
    this.chosen = null;
    this.offer(null);
    at('callback').hidden = false;
    if (focus) at('callback-date').focus();
    this.timeTyped();
  }

  closeCallback() {
    at('callback').hidden = true;
    keep(this.user, this.subject.attempt_id, { code: null });
  }

  time() {
    const [date, time] = [at('callback-date').value, at('callback-time').value];
    const local = date && time ? `${date}T${time}` : '';
    return this.chosen && this.chosen.local === local ? this.chosen.at : local;
  }

  /** Offers what the time can mean where the contact may be in several zones. */
  offer(choices) {
    const box = at('callback-choices');
    box.hidden = !choices;
    box.replaceChildren(...(choices ?? []).map((choice) => {
      const clock = choice.at.slice(11, 16);
      const utc = new Date(choice.at).toISOString().slice(11, 16);
      const button = make('button', `${clock} in ${choice.time_zones.join(' or ')} (${utc} UTC)`, { type: 'button' });
      button.addEventListener('click', () => this.take(choice.at));
      return button;
    }));
  }

  take(instant) {
    this.chosen = { local: this.time(), at: instant };
    this.timeTyped();
    at('callback-save').focus();
  }

  timeTyped() {
    keep(this.user, this.subject.attempt_id, { date: at('callback-date').value, time: at('callback-time').value });
    clearTimeout(this.checkTimer);
    this.checkTimer = setTimeout(() => this.check(), 200);
  }

  async check() {
    const time = this.time();
    if (!time || !this.subject) return this.verdict('Give a date and a time, or agree without.', '');
    const asked = (this.asked = Symbol('check'));
    try {
      const query = new URLSearchParams({ attempt_id: this.subject.attempt_id, at: time });
      const answer = await send('GET', `/api/v1/desk/callback?${query}`);
      if (this.asked !== asked) return;
      this.verdict(answer.text, answer.is_allowed ? 'yes' : 'no', answer.nearest);
      this.offer(answer.choices);
    } catch (error) {
      if (this.asked === asked) this.verdict(error.status ? error.message : 'It cannot be checked now.', 'no');
    }
  }

  verdict(text, kind, nearest) {
    at('callback-verdict').textContent = text;
    at('callback-verdict').className = `verdict ${kind}`;
    this.nearest = nearest;
    at('callback-nearest').hidden = !nearest;
    at('callback-nearest').textContent = nearest ? `Take ${nearest.text}` : '';
  }

  takeNearest() {
    [at('callback-date').value, at('callback-time').value] = this.nearest.local.split('T');
    this.chosen = { local: this.nearest.local, at: this.nearest.at };
    this.timeTyped();
    at('callback-save').focus();
  }

  agree(withTime) {
    const time = withTime ? this.time() : undefined;
    if (withTime && !time) return this.verdict('Give a date and a time, or agree without.', 'no');
    this.saidCallback = { attempt: this.subject.attempt_id, time };
    return this.say(this.pending.code, time);
  }

  askDoNotCall() {
    at('dnc-name').textContent = this.subject.name || spoken(this.subject.number);
    at('dnc-dialog').showModal();
  }

  async doNotCall() {
    const attempt = this.subject.attempt_id;
    await this.sending(async () => {
      const answer = await send('POST', '/api/v1/desk/do-not-call', { attempt_id: attempt, note: at('note').value });
      if (answer.code) forget(this.user, attempt);
      this.tell(answer.text);
      this.onSaid();
    });
  }

  leave() {
    at('callback').hidden = true;
    this.onSaid();
  }
}

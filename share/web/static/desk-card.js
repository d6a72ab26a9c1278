// The contact's card, the script, earlier calls, and who calls. All text goes in as text, never as markup.

import { showingClock, spell } from './desk-clock.js';
import { dateAndTime } from './wall-clock.js';

/** An element with text or children. */
export function make(tag, content, attributes = {}) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...[content ?? []].flat());
  return element;
}

/** A number as people read it. */
export function spoken(number) {
  const parts = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number ?? '');
  return parts ? `+1 ${parts[1]} ${parts[2]} ${parts[3]}` : number ?? '';
}

const pair = (name, value) => make('div', [make('dt', name), value instanceof Node ? value : make('dd', value)]);

function facts(list, contact) {
  list.replaceChildren(pair('Number', spoken(contact.number) || 'none'));
  if (contact.time_zone) {
    const clock = make('dd', '', { class: 'timer' });
    showingClock(clock, contact.clock);
    const others = contact.other_zones.length ? `, or ${contact.other_zones.join(', ')}` : '';
    const there = pair(`Time there (${contact.time_zone}${others})`, clock);
    there.className = 'wide';
    list.append(there);
  }
  if (contact.place) list.append(pair('Place', contact.place));
  list.append(pair('Campaign', contact.campaign));
  if (contact.external_id) list.append(pair('External id', contact.external_id));
}

/** The script: headings, lists and paragraphs. */
function script(box, text) {
  box.hidden = !text;
  box.replaceChildren();
  let list;
  for (const block of (text ?? '').split(/\n{2,}/)) {
    for (const line of block.split('\n').filter((line) => line.trim())) {
      const heading = /^#{1,6}\s+(.*)$/.exec(line);
      const item = /^\s*[-*]\s+(.*)$/.exec(line);
      if (item) {
        if (!list) box.append(list = make('ul'));
        list.append(make('li', item[1]));
        continue;
      }
      list = undefined;
      const last = box.lastElementChild;
      if (heading) box.append(make('h3', heading[1]));
      else if (last?.tagName === 'P' && last.dataset.open) last.append(' ', line);
      else box.append(make('p', line, { 'data-open': '1' }));
    }
    list = undefined;
    if (box.lastElementChild) delete box.lastElementChild.dataset.open;
  }
}

function history(list, calls, clock) {
  list.replaceChildren(...calls.map((call) => {
    const words = [call.disposition ?? call.outcome ?? 'open', call.agent,
      call.talk_seconds ? `${spell(call.talk_seconds)} talk` : null].filter(Boolean).join(' · ');
    const item = make('li', [make('strong', dateAndTime(Date.parse(call.at), clock)), ` ${words}`]);
    if (call.note) item.append(make('p', call.note, { class: 'note' }));
    return item;
  }));
  if (!calls.length) list.append(make('li', 'None: this is the first call.', { class: 'soft' }));
}

/** Shows the contact that is called or offered; hides the card where there is none. */
export function showContact(contact) {
  const at = (id) => document.getElementById(id);
  at('contact').hidden = !contact;
  if (!contact) return;
  at('contact-name').textContent = contact.name || spoken(contact.number) || 'Without a name';
  facts(at('contact-facts'), contact);
  script(at('contact-script'), contact.script);
  const fields = contact.fields.filter((field) => field.value);
  at('contact-fields').replaceChildren(...fields.map((field) => pair(field.name, field.value)));
  if (!fields.length) at('contact-fields').append(pair('', 'The list has no further fields.'));
  history(at('contact-history'), contact.history, contact.clock);
}

/** Shows who rings, or is on the line without our having called. */
export function showCaller(caller) {
  const at = (id) => document.getElementById(id);
  at('caller').hidden = !caller;
  if (!caller) return;
  at('caller-title').textContent = caller.is_ringing ? 'Somebody calls you' : 'On the line';
  at('caller-number').textContent = spoken(caller.number) || caller.shown || 'Number withheld';
  at('caller-contacts').replaceChildren(...caller.contacts.map((contact) => {
    const list = make('dl', '', { class: 'facts' });
    facts(list, contact);
    const fields = make('dl', contact.fields.filter((field) => field.value).map((field) => pair(field.name, field.value)),
      { class: 'fields' });
    const calls = make('ul', '', { class: 'history' });
    history(calls, contact.history.slice(0, 3), contact.clock);
    return make('article', [make('h3', contact.name || 'Without a name'), list, fields, calls]);
  }));
  if (!caller.contacts.length) at('caller-contacts').append(make('p', 'No contact of any campaign has this number.', { class: 'soft' }));
}

// What a station's states are called on every page, and how they look.

/** The word of each state, and the class of its look. */
export const looks = {
  unknown: ['not seen yet', ''],
  reconciling: ['following up', 'warn'],
  paused: ['paused', 'warn'],
  ready: ['ready', 'good'],
  reserved: ['next call', 'good'],
  dialing: ['dialling', 'good'],
  in_call: ['in a call', 'good'],
  held: ['on hold', 'warn'],
  wrap_up: ['wrap-up', ''],
  busy_by_hand: ['own call', 'warn'],
  dnd: ['do not disturb', 'warn'],
  unregistered: ['not registered', 'bad'],
  unreachable: ['unreachable', 'bad'],
  locked_out: ['locked out', 'bad'],
};

/** The word and the look of a state; of one that is new to this page, the name itself. */
export const wordsOf = (state) => looks[state] ?? [state.replaceAll('_', ' '), ''];

/** A text of the journal as people read it: in_call as in call, and dialling as it is spelt on pages. */
export const readable = (text) => text.replace(/(?<=[a-z])_(?=[a-z])/g, ' ').replace(/\bdialing\b/g, 'dialling').replace(/\bwrap up\b/g, 'wrap-up');

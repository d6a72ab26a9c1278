// What an agent has typed of a call and not sent yet. It outlives a reload and a lost connection, in this tab alone, and is
// forgotten when it was said.

const prefix = 'offhook-desk-';
const name = (user, attempt) => `${prefix}${user}-${attempt}`;
const most = 20;

/** The draft of a call; empty where there is none. */
export function draft(user, attempt) {
  try {
    return JSON.parse(sessionStorage.getItem(name(user, attempt))) ?? {};
  } catch {
    return {};
  }
}

/** Keeps parts of a draft: note, code, date, time. */
export function keep(user, attempt, parts) {
  const kept = { ...draft(user, attempt), ...parts, at: Date.now() };
  try {
    sessionStorage.setItem(name(user, attempt), JSON.stringify(kept));
    sweep();
  } catch {
    // A browser that keeps nothing still lets the agent work.
  }
}

/** Forgets a draft. */
export function forget(user, attempt) { sessionStorage.removeItem(name(user, attempt)); }

/** Forgets all drafts: somebody else may use this tab next. */
export function forgetAll() {
  for (const key of keys()) sessionStorage.removeItem(key);
}

const keys = () => Object.keys(sessionStorage).filter((key) => key.startsWith(prefix));

function sweep() {
  const age = (key) => { try { return JSON.parse(sessionStorage.getItem(key)).at ?? 0; } catch { return 0; } };
  const all = keys().sort((left, right) => age(right) - age(left));
  for (const key of all.slice(most)) sessionStorage.removeItem(key);
}

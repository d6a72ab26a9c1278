// What scripts of pages send to the server: always with the proof that the page is ours.

/** The proof against forgery that the layout put into the page. */
export const csrf = () => document.querySelector('meta[name="csrf"]')?.content ?? '';

/** An answer that says why not, as a sentence for the person at the page. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail ?? 'The server did not answer as expected.');
    this.status = status;
    this.code = problem.code;
    this.fields = problem.fields ?? {};
  }
}

/** Sends JSON and reads JSON. Throws Refusal where the server says no, and TypeError where it cannot be reached. */
export async function send(method, path, body, headers = {}) {
  const answer = await fetch(path, {
    method,
    headers: {
      Accept: 'application/json',
      'X-CSRF-Token': csrf(),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  const isJSON = (answer.headers.get('Content-Type') ?? '').includes('json');
  const value = isJSON && text ? JSON.parse(text) : null;
  if (!answer.ok) throw new Refusal(answer.status, value ?? {});
  return value;
}

// Sends a file as it is, with progress, and watches what the server does with it.
import { csrf, Refusal, send } from './http.js';

/**
 * Sends a file.
 *
 * @param onProgress told how much of it was sent, from 0 to 1
 * @returns the upload, and a function that stops it
 */
export function upload(file, onProgress) {
  const request = new XMLHttpRequest();
  const done = new Promise((resolve, reject) => {
    request.open('POST', `/api/v1/uploads?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('X-CSRF-Token', csrf());
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onabort = () => reject(new Error('Sending was stopped.'));
    request.onerror = () => reject(new Error('The connection to Offhook was lost; send the file again.'));
    request.onload = () => {
      let value = {};
      try {
        value = JSON.parse(request.responseText);
      } catch {
        // A proxy may answer in its own words.
      }
      if (request.status === 201) resolve(value);
      else reject(new Refusal(request.status, value));
    };
    request.send(file);
  });
  return { done, stop: () => request.abort() };
}

/** Asks how far an upload's work is until it ends, and returns what came of it. */
export async function follow(id, onProgress) {
  for (;;) {
    const state = await send('GET', `/api/v1/uploads/${id}`);
    if (state.state === 'failed') throw new Error(state.failure);
    if (state.state === 'done') return state;
    onProgress(state);
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
}

/** How far the work is, for people. */
export function progressText(state) {
  if (state.state === 'waiting') return 'Waits until another list is loaded.';
  const share = state.bytes > 0 ? Math.min(100, Math.floor(((state.bytes_read ?? 0) / state.bytes) * 100)) : 0;
  const problems = state.problems ? `, ${state.problems.toLocaleString()} problems` : ', no problems';
  return `${share} %, ${(state.rows ?? 0).toLocaleString()} rows${problems}`;
}

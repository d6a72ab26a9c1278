// Loads a do-not-call file.
import { send } from './http.js';
import { follow, progressText, upload } from './upload.js';

const byId = (id) => document.getElementById(id);
let stop = () => {};

function show(text, isWrong, rows = []) {
  const line = document.createElement('p');
  line.textContent = text;
  if (isWrong) line.className = 'wrong';
  const list = document.createElement('ul');
  list.append(...rows.map((row) => {
    const item = document.createElement('li');
    item.textContent = `Line ${row.line}: ${row.reason}`;
    return item;
  }));
  byId('result').replaceChildren(line, ...(rows.length > 0 ? [list] : []));
}

async function load() {
  const [file] = byId('file').files;
  if (!file) return show('Choose a file first.', true);
  if (file.size > Number(byId('registry').dataset.limit)) return show(`The file is larger than ${Math.floor(Number(byId('registry').dataset.limit) / 1048576)} MB; split it into smaller files that add their numbers.`, true);
  const how = byId('how').value;
  const source = byId('source').value.trim();
  if (how === 'replace' && !confirm(`Replace all that “${source || file.name.replace(/\.[^.]*$/, '')}” held by this file?`)) return undefined;
  byId('load').disabled = true;
  byId('stop').hidden = false;
  byId('running').hidden = false;
  byId('result').replaceChildren();
  const bar = (value, max, text) => {
    byId('done').max = Math.max(1, max);
    byId('done').value = value;
    byId('done-text').textContent = text;
  };
  let id;
  try {
    const sending = upload(file, (share) => bar(share, 1, `${Math.floor(share * 100)} % sent`));
    stop = sending.stop;
    ({ id } = await sending.done);
    stop = () => send('DELETE', `/api/v1/uploads/${id}`).catch(() => {});
    const loaded = async (isMeant) => {
      await send('POST', `/api/v1/uploads/${id}/suppressions`, {
        campaign_id: byId('scope').value ? Number(byId('scope').value) : undefined,
        source,
        region: byId('region').value,
        replace: how === 'replace',
        renew: how === 'renew',
        accept_unread: byId('accept').checked,
        confirm: isMeant,
      });
      return (await follow(id, (state) => bar(state.bytes_read ?? 0, state.bytes, progressText(state)))).suppressions;
    };
    let done = await loaded(false);
    // What stops or frees many, or makes old data look new, is asked about first.
    if (done.doubt && confirm(`${done.doubt} Go on all the same?`)) done = await loaded(true);
    if (done.doubt) {
      show(done.doubt, true, done.problems);
    } else if (!done.is_loaded) {
      show(`${done.unread} of ${done.rows} rows cannot be read, so “${done.source}” stays as it was. Mend them, or tick that it is replaced all the same.`, true, done.problems);
    } else {
      const gone = done.replaced > 0 ? `, ${done.replaced.toLocaleString()} of the last file gone` : '';
      show(`${done.added.toLocaleString()} added, ${done.known.toLocaleString()} known${gone}, ${done.unread.toLocaleString()} not read${done.removed > 0 ? `, ${done.removed.toLocaleString()} taken off` : ''}. ${[...done.notes, 'Load the page again to see the sources.'].join(' ')}`, done.unread > 0, done.problems);
    }
  } catch (error) {
    show(error.message, true);
  }
  byId('load').disabled = false;
  byId('stop').hidden = true;
  byId('running').hidden = true;
  return undefined;
}

byId('load').addEventListener('click', load);
byId('stop').addEventListener('click', () => stop());

// Brings a list in: send the file, see how it is understood, mend that, try it, import it.
import { send } from './http.js';
import { follow, progressText, upload } from './upload.js';

const root = document.getElementById('import');
const byId = (id) => document.getElementById(id);
let file = null;
let look = null;
/** Columns that say who must not be called and are deliberately taken for something else. */
let meant = new Set();
/** What columns were mapped to by hand, by column. */
let chosen = new Map();

const make = (tag, text, name) => {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (name) node.className = name;
  return node;
};

function say(text) {
  byId('problem').textContent = text;
  byId('problem').hidden = !text;
}

const settings = (isDryRun) => ({
  campaign_id: Number(byId('campaign').value),
  list: byId('list').value,
  region: byId('region').value,
  encoding: byId('encoding').value,
  delimiter: byId('delimiter').value,
  has_header: byId('header').value === 'yes',
  map: [...chosen].map(([column, field]) => ({ column, field })),
  duplicates: byId('duplicates').value,
  on_duplicate: byId('on-duplicate').value,
  do_not_call: isDryRun ? undefined : byId('do-not-call').value,
  dry_run: isDryRun,
});

async function take(given) {
  if (!given) return;
  say('');
  byId('mapping').hidden = true;
  byId('work').hidden = true;
  if (given.size > Number(root.dataset.limit)) {
    say(`The file is larger than ${Math.floor(Number(root.dataset.limit) / 1048576)} MB; split it into smaller files.`);
    return;
  }
  if (file) send('DELETE', `/api/v1/uploads/${file.id}`).catch(() => {});
  file = null;
  chosen = new Map();
  meant = new Set();
  byId('sending').hidden = false;
  const sending = upload(given, (share) => {
    byId('sent').value = share;
    byId('sent-text').textContent = `${Math.floor(share * 100)} % sent`;
  });
  byId('stop-sending').onclick = sending.stop;
  try {
    file = await sending.done;
    byId('list').value = given.name.replace(/\.[^.]*$/, '');
    await lookAgain();
  } catch (error) {
    say(error.message);
  }
  byId('sending').hidden = true;
}

let turn = 0;

/** Asks how the file is understood as it is mapped now. */
async function lookAgain() {
  if (!file) return;
  turn += 1;
  const mine = turn;
  try {
    const answer = await send('POST', `/api/v1/uploads/${file.id}/look`, settings(true));
    if (mine !== turn) return;
    look = answer;
    say('');
    showLook();
  } catch (error) {
    if (mine !== turn) return;
    say(error.message);
    // Without a look there is nothing to map yet; with one, its selects stay to be mended.
    byId('mapping').hidden = false;
    byId('load').disabled = true;
  }
}

/** A row whose zone cannot be read has all of its country's. */
function zones(names) {
  return names.length > 3 ? `all of ${names.length} zones, such as ${names[0]}` : names.join(' or ');
}

function showLook() {
  byId('mapping').hidden = false;
  byId('load').disabled = false;
  byId('taken').textContent = `${file.name}: ${look.encoding}, ${look.delimiter} between fields, ${look.has_header ? 'a header' : 'no header'}; ${look.is_whole ? 'all' : 'the first'} ${look.rows_read.toLocaleString()} rows were looked at.`;
  showColumns();
  showOptOuts();
  byId('rows').replaceChildren(...look.rows.map((row) => {
    const line = make('tr');
    const cells = [row.line, row.name ?? '', row.numbers.join(', '), row.place ?? '', zones(row.zones), row.fields.join('; ')];
    line.append(...cells.map((text, index) => make('td', String(text), index === 0 ? 'number' : undefined)));
    return line;
  }));
  byId('troubles').replaceChildren(...troubles(look));
}

function showColumns() {
  const fields = root.dataset.fields.split(' ');
  const focused = document.activeElement?.dataset?.column;
  byId('columns').replaceChildren(...look.columns.map((column, index) => {
    const key = look.has_header ? column.header : String(index + 1);
    const custom = column.field.startsWith('custom:') ? column.field : `custom:${column.header || `column ${index + 1}`}`;
    const cell = make('div');
    const label = make('label', column.header || `Column ${index + 1}`);
    label.htmlFor = `column-${index}`;
    const select = make('select');
    select.id = label.htmlFor;
    select.dataset.column = key;
    for (const [value, text] of [[custom, 'keep as a field'], ...fields.map((field) => [field, field === 'ignore' ? 'leave out' : field.replaceAll('_', ' ')])]) {
      const option = make('option', text);
      option.value = value;
      select.append(option);
    }
    select.value = column.field;
    select.addEventListener('change', () => {
      chosen.set(key, select.value);
      lookAgain();
    });
    cell.append(label, select);
    return cell;
  }));
  if (focused !== undefined) {
    [...byId('columns').querySelectorAll('select')].find((select) => select.dataset.column === focused)?.focus();
  }
}

/** Columns that look like an opt-out: one that is taken for something else needs a tick, others are offered. */
function showOptOuts() {
  const parts = [];
  let undecided = false;
  look.columns.forEach((column, index) => {
    const rows = look.opt_out_rows[index] ?? 0;
    if (column.field === 'do_not_call' || (!column.opt_out && rows === 0)) return;
    const key = look.has_header ? column.header : String(index + 1);
    const count = `${rows.toLocaleString()} of the rows that were looked at ${rows === 1 ? 'asks' : 'ask'} not to be called there.`;
    if (column.opt_out === 'flag') {
      const tick = make('input');
      tick.type = 'checkbox';
      tick.checked = meant.has(key);
      tick.id = `meant-${index}`;
      tick.addEventListener('change', () => {
        if (tick.checked) meant.add(key); else meant.delete(key);
        showOptOuts();
        byId(`meant-${index}`)?.focus();
      });
      const label = make('label', undefined, 'check');
      label.append(tick, ` Call them all the same: “${column.header}” says who must not be called, and is taken for something else. ${count}`);
      const line = make('p', undefined, 'wrong');
      line.append(label);
      parts.push(line);
      undecided = undecided || !tick.checked;
    } else if (rows > 0) {
      const line = make('p', undefined, 'row');
      const about = column.opt_out && !['status', 'permission'].includes(column.opt_out) ? ` The column is usually about ${column.opt_out}.` : '';
      const button = make('button', 'Do not call them');
      button.setAttribute('aria-label', `Do not call them: ${column.header}`);
      button.type = 'button';
      button.addEventListener('click', () => {
        chosen.set(key, 'do_not_call');
        lookAgain();
      });
      line.append(make('span', `“${column.header || `Column ${index + 1}`}”: ${count}${about}`), button);
      parts.push(line);
    }
  });
  byId('opt-outs').replaceChildren(...parts);
  byId('load').disabled = undecided;
}

/** Problems and remarks as tables, and notes. */
function troubles(view) {
  const parts = [];
  for (const [title, kinds] of [['Rows that would be quarantined', view.problems], ['Rows that become contacts, but not quite as they say', view.remarks]]) {
    if (kinds.length === 0) continue;
    const table = make('table');
    table.append(make('caption', title));
    const head = make('tr');
    for (const name of ['What', 'Rows', 'First in line', 'For example']) {
      const cell = make('th', name, ['Rows', 'First in line'].includes(name) ? 'number' : undefined);
      cell.scope = 'col';
      head.append(cell);
    }
    const top = make('thead');
    top.append(head);
    const body = make('tbody');
    for (const kind of kinds) {
      const row = make('tr');
      row.append(make('td', kind.name), make('td', kind.rows.toLocaleString(), 'number'), make('td', String(kind.first_line), 'number'), make('td', kind.example));
      body.append(row);
    }
    table.append(top, body);
    const frame = make('div', undefined, 'scroll');
    frame.tabIndex = 0;
    frame.setAttribute('role', 'region');
    frame.setAttribute('aria-label', title);
    frame.append(table);
    parts.push(frame);
  }
  if (view.notes.length > 0) {
    const list = make('ul');
    list.append(...view.notes.map((note) => make('li', note)));
    parts.push(list);
  }
  return parts;
}

async function work(isDryRun) {
  say('');
  byId('work').hidden = false;
  byId('work-title').textContent = isDryRun ? 'Trying the whole file' : 'Importing';
  byId('running').hidden = false;
  byId('result').replaceChildren();
  byId('load').disabled = true;
  byId('try').disabled = true;
  byId('work').scrollIntoView({ block: 'nearest' });
  try {
    await send('POST', `/api/v1/uploads/${file.id}/import`, settings(isDryRun));
    const done = await follow(file.id, (state) => {
      byId('done').max = Math.max(1, state.bytes);
      byId('done').value = state.bytes_read ?? 0;
      byId('done-text').textContent = progressText(state);
    });
    showResult(done, isDryRun);
  } catch (error) {
    byId('work-title').textContent = 'Nothing was stored';
    byId('result').replaceChildren(make('p', error.message, 'wrong'));
  }
  byId('running').hidden = true;
  showOptOuts();
  byId('try').disabled = false;
}

function showResult(done, isDryRun) {
  const { counts } = done;
  byId('work-title').textContent = isDryRun ? 'What an import would do' : 'Imported';
  const facts = make('dl', undefined, 'facts');
  for (const [name, count] of [['Read', counts.read], ['Imported', counts.imported], ['Updated', counts.updated], ['Duplicates', counts.duplicates], ['Quarantined', counts.quarantined], ['Suppressed', counts.suppressed], ['Ask not to be called', counts.do_not_call]]) {
    const cell = make('div');
    cell.append(make('dt', name), make('dd', count.toLocaleString()));
    facts.append(cell);
  }
  const parts = [facts, ...troubles(done.look)];
  const row = make('p', undefined, 'row');
  const link = (text, path, isFile) => {
    const node = make('a', text, 'button');
    node.href = path;
    if (isFile) node.download = '';
    row.append(node);
  };
  if (done.has_quarantine) link('Download the quarantine as CSV', `/api/v1/uploads/${done.id}/quarantine`, true);
  if (!isDryRun) {
    link('The import', `/imports/${done.import_id}`);
    link('The campaign', `/campaigns/${byId('campaign').value}`);
    link('All lists', '/lists');
  }
  parts.push(row);
  if (isDryRun) parts.push(make('p', 'Nothing was stored.', 'hint'));
  byId('result').replaceChildren(...parts);
}

if (root) {
  const drop = byId('drop');
  byId('file').addEventListener('change', () => take(byId('file').files[0]));
  for (const name of ['dragover', 'dragenter']) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add('over');
    });
  }
  drop.addEventListener('dragleave', () => drop.classList.remove('over'));
  drop.addEventListener('drop', (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    take(event.dataTransfer.files[0]);
  });
  for (const id of ['campaign', 'region', 'encoding', 'delimiter', 'header']) {
    byId(id).addEventListener('change', () => {
      // Columns have other names then.
      if (id === 'header') chosen = new Map();
      lookAgain();
    });
  }
  byId('try').addEventListener('click', () => work(true));
  byId('load').addEventListener('click', () => work(false));
  byId('stop').addEventListener('click', async () => {
    const { id } = file;
    file = null;
    byId('mapping').hidden = true;
    await send('DELETE', `/api/v1/uploads/${id}`).catch(() => {});
  });
}

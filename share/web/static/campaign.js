// One campaign: its progress, why it stands still, and its editor.
import { send } from './http.js';
import { checkWhileTyping } from './check.js';
import { showProgress, showWhy } from './standing.js';

const byId = (id) => document.getElementById(id);
const card = document.querySelector('[data-campaign]');
const id = card.dataset.campaign;

showProgress(id, card.querySelector('progress'), card.querySelector('[data-part="progress"]'));
setInterval(() => document.hidden || showProgress(id, card.querySelector('progress'), card.querySelector('[data-part="progress"]')), 10000);
const why = byId('why').closest('details');
const look = () => why.open && !document.hidden && showWhy(id, byId('why'));
why.addEventListener('toggle', look);
setInterval(look, 15000);

const acts = document.querySelector('form[data-confirm-archive]');
acts.addEventListener('submit', (event) => {
  if (event.submitter?.value === 'archived' && !confirm(acts.dataset.confirmArchive)) event.preventDefault();
});

const editor = byId('editor');
const [yaml, script] = [byId('yaml'), byId('script')];
let stored = { yaml: yaml.value, script: script.value };
let version = editor.dataset.version;
const isChanged = () => yaml.value !== stored.yaml || script.value !== stored.script;

if (byId('apply')) {
  const check = checkWhileTyping(yaml, script, byId('findings'));
  check();
  editor.addEventListener('submit', async (event) => {
    event.preventDefault();
    byId('apply').disabled = true;
    try {
      const changed = await send('PUT', `/api/v1/campaigns/${id}`, { yaml: yaml.value, script: script.value }, { 'If-Match': `"${version}"` });
      version = String(changed.campaign.version);
      stored = { yaml: yaml.value, script: script.value };
      byId('applied').className = '';
      byId('applied').textContent = 'Applied. Calls that are placed from now on are under it.';
      check();
    } catch (error) {
      byId('applied').className = 'wrong';
      byId('applied').textContent = error.status === 412
        ? 'Somebody else changed the campaign meanwhile. Copy what you wrote, load the page again, and repeat it there.'
        : error.message;
    }
    byId('apply').disabled = false;
  });
  byId('revert').addEventListener('click', () => {
    yaml.value = stored.yaml;
    script.value = stored.script;
    byId('applied').textContent = '';
    check();
  });
  addEventListener('beforeunload', (event) => {
    if (isChanged()) event.preventDefault();
  });
}

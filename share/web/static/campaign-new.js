// A new campaign: by its form, or from a file that is checked while one types.
import { checkWhileTyping } from './check.js';

const byId = (id) => document.getElementById(id);
const tabs = [['tab-form', 'by-form'], ['tab-file', 'by-file']];
const choose = (chosen) => {
  for (const [tab, panel] of tabs) {
    byId(tab).setAttribute('aria-selected', String(tab === chosen));
    byId(panel).hidden = tab !== chosen;
  }
};
for (const [tab] of tabs) {
  byId(tab).addEventListener('click', () => choose(tab));
  byId(tab).addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const other = tabs.find(([name]) => name !== tab)[0];
    choose(other);
    byId(other).focus();
  });
}

const check = checkWhileTyping(byId('yaml'), byId('script'), byId('findings'));
if (byId('yaml').value) check();
byId('file').addEventListener('change', async () => {
  const [file] = byId('file').files;
  if (!file) return;
  byId('yaml').value = await file.text();
  check();
});

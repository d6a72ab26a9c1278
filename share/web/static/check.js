// Checks a campaign's file while one types, as `offhook campaign check` does.
import { send } from './http.js';

/** How long after the last key the file is checked, in milliseconds. */
const delay = 400;

/**
 * Shows what is wrong with a file below its editor.
 *
 * @returns a function that checks at once
 */
export function checkWhileTyping(yaml, script, findings) {
  let timer;
  let turn = 0;
  const check = async () => {
    clearTimeout(timer);
    turn += 1;
    const mine = turn;
    let found;
    try {
      found = await send('POST', '/api/v1/campaigns/check', { yaml: yaml.value, script: script.value });
    } catch (error) {
      if (mine === turn) show([['mistake', error.message]]);
      return;
    }
    // A slower answer to an older text is none.
    if (mine !== turn) return;
    yaml.setAttribute('aria-invalid', String(!found.is_well));
    const lines = found.mistakes.map((mistake) => ['mistake', mistake.message, mistake.line, mistake.file]);
    lines.push(...found.warnings.map((warning) => ['warning', warning]));
    show(lines.length > 0 ? lines : [['fine', 'The file is well.']]);
  };
  const show = (lines) => {
    const list = document.createElement('ul');
    for (const [kind, text, line, file] of lines) {
      const item = document.createElement('li');
      item.className = kind;
      const word = { mistake: 'Mistake', warning: 'Warning', fine: '' }[kind];
      item.append(word ? `${word}: ` : '', text);
      if (line !== undefined) {
        const editor = file?.endsWith('.yaml') ? yaml : script;
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'quiet';
        button.textContent = `line ${line}`;
        button.addEventListener('click', () => goTo(editor, line));
        item.append(' ', button);
      }
      list.append(item);
    }
    findings.replaceChildren(list);
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(check, delay);
  };
  yaml.addEventListener('input', later);
  script.addEventListener('input', later);
  return check;
}

function goTo(editor, line) {
  const lines = editor.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  editor.focus();
  editor.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  editor.scrollTop = ((line - 4) * editor.scrollHeight) / lines.length;
}

// A contact's fields: one more pair of inputs.
const fields = document.getElementById('fields');
document.getElementById('add-field').addEventListener('click', () => {
  const index = fields.childElementCount + 1;
  const pair = document.createElement('div');
  pair.className = 'field';
  for (const [name, label] of [['field_name', 'Name'], ['field_value', 'Text']]) {
    const input = document.createElement('input');
    input.name = name;
    input.autocomplete = 'off';
    input.setAttribute('aria-label', `${label} of field ${index}`);
    input.placeholder = label;
    pair.append(input);
  }
  fields.append(pair);
  pair.firstElementChild.focus();
});

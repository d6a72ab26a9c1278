// The page of webhooks: asks before what cannot be taken back, and copies a secret.
for (const form of document.querySelectorAll('form[data-confirm]')) {
  form.addEventListener('submit', (event) => {
    if (!confirm(form.dataset.confirm)) event.preventDefault();
  });
}
for (const button of document.querySelectorAll('button[data-copy]')) {
  // Without TLS a browser lets pages copy on this computer alone; the secret can be selected all the same.
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = 'Copied';
  });
}

// Copies what stands on the page, where the browser allows it.
const said = document.getElementById('copied');
for (const button of document.querySelectorAll('[data-copy]')) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    const source = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(source.textContent);
      said.textContent = 'Copied.';
    } catch {
      said.textContent = 'Your browser does not let the page copy; select the text instead.';
    }
  });
}

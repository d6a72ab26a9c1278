// A phones.yaml that is chosen on this computer comes into the text, where it can be looked at.
const file = document.getElementById('file');
const text = document.getElementById('yaml');
file.addEventListener('change', async () => {
  if (file.files[0]) text.value = await file.files[0].text();
});

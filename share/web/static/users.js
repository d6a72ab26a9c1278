// Only a manager is limited to campaigns: the choice is shown for that role alone.
const role = document.getElementById('role');
const limits = document.querySelector('[data-managers]');
const show = () => {
  limits.hidden = role.value !== 'manager';
  if (limits.hidden) for (const box of limits.querySelectorAll('input')) box.checked = false;
};
role.addEventListener('change', show);
show();

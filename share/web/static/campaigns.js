// How far each campaign of the list is.
import { showProgress } from './standing.js';

for (const row of document.querySelectorAll('[data-campaign]')) {
  showProgress(row.dataset.campaign, row.querySelector('progress'), row.querySelector('[data-part="progress"]'));
}

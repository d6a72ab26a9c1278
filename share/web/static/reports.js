// Draws the charts of a report with Chart.js. Without it, or without scripts, the tables say the same.
const root = document.documentElement;
const calm = matchMedia('(prefers-reduced-motion: reduce)');

// What stands on the vertical axis where a chart lies on its side: names are longer than times.
const longLabel = 7;
const dashes = [[], [6, 3], [2, 2], [8, 3, 2, 3]];
const points = ['circle', 'rect', 'triangle', 'rectRot'];

const variable = (name) => getComputedStyle(root).getPropertyValue(name).trim();
const shown = (value, data) => {
  if (value === null || value === undefined) return 'none';
  return data.isShare
    ? `${(value * 100).toLocaleString('en', { maximumFractionDigits: 1 })} %`
    : value.toLocaleString('en', { maximumFractionDigits: 1 });
};

/** The colours of the page as it stands: light, dark or on paper. */
function palette() {
  return {
    ink: variable('--ink'), soft: variable('--soft'), line: variable('--line'), ground: variable('--surface'),
    series: Array.from({ length: 10 }, (_, index) => variable(`--s${index + 1}`)),
  };
}

function options(data, isLying) {
  const isStacked = data.form === 'stacked';
  const isLine = data.form === 'lines';
  const values = {
    stacked: isStacked, beginAtZero: true, max: data.isShare && isStacked ? 1 : undefined,
    title: { display: !data.isShare, text: data.unit },
    ticks: { callback: (value) => shown(value, data), precision: data.isShare ? undefined : 0 },
  };
  const labels = { stacked: isStacked, grid: { display: false }, ticks: { autoSkip: !isLying } };
  return {
    animation: false, responsive: true, maintainAspectRatio: false, indexAxis: isLying ? 'y' : 'x',
    interaction: { mode: 'index', intersect: false, axis: isLying ? 'y' : 'x' },
    scales: isLying ? { x: values, y: labels } : { x: labels, y: values },
    plugins: {
      legend: { display: data.series.length > 1, position: 'top', align: 'start', labels: { boxWidth: isLine ? 8 : 14, boxHeight: isLine ? 8 : 12, usePointStyle: isLine } },
      tooltip: {
        callbacks: { label: (item) => ` ${item.dataset.label}: ${shown(item.raw, data)}${data.isShare ? '' : ` ${data.unit}`}` },
      },
    },
  };
}

/** Puts the page's colours on a chart. */
function paint(chart) {
  const colours = palette();
  for (const axis of Object.values(chart.options.scales)) {
    axis.ticks.color = colours.soft;
    axis.title.color = colours.soft;
    axis.grid.color = colours.line;
    axis.grid.borderColor = colours.line;
  }
  chart.options.plugins.legend.labels.color = colours.ink;
  chart.data.datasets.forEach((dataset, index) => {
    const colour = colours.series[index % colours.series.length];
    dataset.backgroundColor = colour;
    dataset.borderColor = chart.config.type === 'line' ? colour : colours.ground;
  });
  chart.update();
}

function draw(figure, Chart) {
  const data = JSON.parse(figure.dataset.chart);
  const isLine = data.form === 'lines';
  const isLying = !isLine && data.labels.some((label) => label.length > longLabel);
  const bars = data.form === 'bars' ? data.labels.length * data.series.length : data.labels.length;
  figure.hidden = false;
  const frame = figure.querySelector('.canvas');
  const legend = data.series.length > 1 ? Math.ceil((data.series.length * 130) / frame.clientWidth) * 24 : 0;
  const body = isLying ? Math.min(1200, 70 + Math.max(bars * 18, data.labels.length * 30)) : 240;
  frame.style.height = `${legend + body}px`;
  const chart = new Chart(figure.querySelector('canvas'), {
    type: isLine ? 'line' : 'bar',
    data: {
      labels: data.labels,
      datasets: data.series.map((series, index) => ({
        label: series.name, data: series.values, borderWidth: isLine ? 2 : data.form === 'stacked' ? 1 : 0,
        borderDash: isLine ? dashes[index % dashes.length] : undefined, pointStyle: points[index % points.length], pointRadius: 4,
        maxBarThickness: 32, spanGaps: false,
      })),
    },
    options: options(data, isLying),
  });
  paint(chart);
  figure.dataset.drawn = '';
  return chart;
}

async function drawAll() {
  const figures = [...document.querySelectorAll('[data-chart]')];
  if (figures.length === 0) return;
  try {
    await import('/static/chart.js');
  } catch {
    return; // The tables stand there anyway.
  }
  const { Chart } = globalThis;
  if (!Chart) return;
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.animation = !calm.matches && Chart.defaults.animation;
  const charts = figures.map((figure) => draw(figure, Chart));
  const repaint = () => charts.forEach(paint);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
  matchMedia('print').addEventListener('change', repaint);
  // Before paper the page is still as on the screen: colours and width of paper are asked for here.
  addEventListener('beforeprint', () => {
    root.classList.add('printing');
    charts.forEach((chart) => {
      const isClosing = chart.canvas.closest('.closing') !== null;
      const isHalf = isClosing && !chart.canvas.closest('#section-closing');
      const least = 60 + chart.data.labels.length * (chart.options.indexAxis === 'y' ? 16 : 6);
      chart.resize(isHalf ? 400 : 720, isClosing ? least : Math.min(chart.height, Math.max(least, 260)));
    });
    repaint();
  });
  addEventListener('afterprint', () => {
    root.classList.remove('printing');
    charts.forEach((chart) => chart.resize());
    repaint();
  });
}

const print = document.getElementById('print');
if (print) {
  print.hidden = false;
  print.addEventListener('click', () => window.print());
}
// A field that is left empty asks for nothing, and need not stand in the address; empty dates ask for all time.
document.querySelector('.report-form')?.addEventListener('submit', (event) => {
  for (const field of event.target.elements) {
    if (field.name && field.type !== 'date' && field.value === '') field.disabled = true;
  }
});
addEventListener('pageshow', () => {
  for (const field of document.querySelectorAll('.report-form :disabled')) field.disabled = false;
});
drawAll();

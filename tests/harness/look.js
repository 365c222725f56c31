// What a stage of a visit shows: its gates and its steps with their captures, as data.
const seen = element => element.getClientRects().length > 0;
const all = (root, css) => [...root.querySelectorAll(css)];
const words = (root, css) => { const found = root.querySelector(css); return found ? found.innerText.trim() : ''; };

function gates(list) {
  return list.filter(seen).map(gate => ({
    target: gate.dataset.gate,
    text: words(gate, '.gate-text'),
    clause: words(gate, '.clause'),
    needs: all(gate, '.gate-needs li').map(need => need.innerText.trim()),
  }));
}

function kind(capture) {
  const has = css => capture.querySelector(css) !== null;
  if (capture.matches('fieldset')) return 'checklist';
  if (capture.matches('.is-check')) return 'check';
  if (has('.stamp-row')) return 'stamp';
  if (has('.photos')) return 'photo';
  if (has('.sign-tap, .signature')) return 'signature';
  if (has('[data-table]')) return 'table';
  if (has('[data-tally]')) return 'tally';
  if (has('.choices')) return 'choice';
  if (has('.stars')) return 'rating';
  if (has('input[type=datetime-local]')) return 'moment';
  if (has('input[inputmode=decimal]')) return 'number';
  if (has('input[inputmode=tel]')) return 'phone';
  return 'text';
}

function value(capture, kind) {
  const one = css => capture.querySelector(css);
  switch (kind) {
    case 'check': return one('input').checked ? 'yes' : '';
    case 'checklist': return all(capture, 'input.tick').every(tick => tick.checked) ? 'all' : '';
    case 'stamp': return words(capture, '.stamp-row.is-set time');
    case 'photo': return String(all(capture, '.photo').length || '');
    case 'signature': return words(capture, '.signature figcaption');
    case 'table': return all(capture, '.row-card').map(row => all(row, '.cell').map(cell => {
      const input = cell.querySelector('input:checked, input:not([type=radio]):not([type=checkbox]), textarea');
      return input ? input.value : '';
    }).join('|')).join('\n');
    case 'tally': return all(capture, '.tally-row').every(row => row.matches('.is-good')) ? 'all' : '';
    case 'choice': { const chosen = one('input:checked'); return chosen ? chosen.value : ''; }
    case 'rating': return String(all(capture, '.star').findIndex(star => star.getAttribute('aria-checked') === 'true') + 1 || '');
    // A computed value has nothing to fill in.
    default: { const control = one('input, textarea'); return control ? control.value : words(capture, 'output'); }
  }
}

function capture(element) {
  const what = kind(element);
  const key = element.dataset.key;
  const mark = all(element, '.optional').some(mark => mark.closest('.cell') === null);
  return {
    key,
    kind: what,
    optional: mark,
    value: value(element, what),
    label: words(element, 'legend, .label, label'),
    options: all(element, '.choices input').map(input => input.value),
    suggested: element.querySelector('[data-act=suggest]') !== null,
    phrases: all(element, '.chips > .chip').length,
    error: all(element, '.field-error').map(line => line.innerText.trim()).filter(Boolean).join(' '),
  };
}

function step(element) {
  const state = ['open', 'done', 'locked', 'left-out'].find(state => element.classList.contains('is-' + state));
  const body = element.querySelector('.step-body');
  return {
    path: element.dataset.step,
    state,
    title: words(element, '.step-title'),
    unfolded: body !== null,
    gates: gates(all(element, '[data-gate]')),
    captures: all(element, '.capture[data-key]').filter(seen).map(capture),
  };
}

const page = document.querySelector('.page.visit');
return page && !page.querySelector('.steps[aria-busy=true]') ? {
  title: words(page, '.stage-title'),
  gates: gates(all(page, '[data-gate]').filter(gate => gate.closest('[data-step]') === null)),
  steps: all(page, '[data-step]').filter(seen).map(step),
} : null;

// What reaches beyond the right edge of the screen without being clipped by something that scrolls by itself.
const screen = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth <= screen + 1 && window.innerWidth <= screen + 1) return [];
const scrolls = element => {
  for (let up = element.parentElement; up && up !== document.documentElement; up = up.parentElement) {
    if (getComputedStyle(up).overflowX !== 'visible') return true;
  }
  return false;
};
const wide = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > screen + 1 && !scrolls(e));
const name = e => `${e.tagName.toLowerCase()}.${[...e.classList].join('.')} ${e.dataset.key || e.dataset.step || ''} `
  + `“${(e.innerText || '').trim().slice(0, 20)}” ${Math.round(e.getBoundingClientRect().right)} > ${screen}`;
return wide.length ? wide.slice(-6).map(name) : [`${document.documentElement.scrollWidth} > ${screen}`];

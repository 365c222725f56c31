// What makes the page wider than the screen: goes down from the body, each time into the child without which the page
// would fit, and names the way.
const screen = document.documentElement.clientWidth;
const width = () => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
if (width() <= screen + 1) return [];
const way = [`${width()} > ${screen}`];
let here = document.body;
while (here) {
  const widest = width();
  const cause = [...here.children].find(child => {
    const before = child.style.display;
    child.style.display = 'none';
    const fits = width() < widest;
    child.style.display = before;
    return fits;
  });
  if (cause) {
    const marks = [cause.tagName.toLowerCase(), ...cause.classList].join('.');
    way.push(`${marks} ${cause.dataset.key || cause.dataset.step || ''} “${(cause.innerText || '').trim().slice(0, 30)}”`);
  }
  here = cause;
}
return way.slice(0, 1).concat(way.slice(-4));

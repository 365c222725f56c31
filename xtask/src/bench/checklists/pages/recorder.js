// Runs in every page before anything else. Both figures are taken alike for all contestants.
//
// `first`: the first control stands in the page and can be used, its frame is painted, and the main thread has come
// round to a task of ours behind it; milliseconds since the navigation began.
// `taps`: from the moment that the browser received the tap (the event's own time, so waiting for a busy page counts)
// until the frame that follows the handlers is painted.
(() => {
  const bench = (window.bench = { first: null, taps: [] });
  const painted = (then) => requestAnimationFrame(() => setTimeout(then, 0));
  const look = () => {
    const control = document.querySelector(CONTROL);
    if (control && !control.disabled) setTimeout(() => { bench.first = performance.now(); }, 0);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  let waiting = false;
  // A tap on a label comes twice, the second time from its control: one tap.
  addEventListener('click', (event) => {
    if (waiting || !event.isTrusted) return;
    waiting = true;
    const begun = event.timeStamp;
    painted(() => {
      bench.taps.push(performance.now() - begun);
      waiting = false;
    });
  }, true);
})();

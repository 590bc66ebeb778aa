// The timeline with a pointer or the keys: draw over bars to see that time alone; zoom with the wheel and a key held.
export function start(root) {
  for (const figure of root.querySelectorAll("[data-timeline]")) brush(root, figure);
}

function brush(root, figure) {
  const svg = figure.querySelector("svg"), bars = [...svg.querySelectorAll(".bar")], hint = figure.querySelector("[data-hint]");
  const scroll = figure.querySelector(".chart-scroll");
  scroll.scrollLeft = scroll.scrollWidth; // on a phone: the latest first
  if (bars.length < 2) return;
  const said = hint.innerHTML;
  const base = figure.dataset.timeline, join = base.includes("?") ? "&" : "?";
  let from = null, to = null, at = -1;
  const go = (a, b) => {
    const [first, last] = a <= b ? [a, b] : [b, a];
    location.assign(`${base}${join}since=${bars[first].dataset.since}&until=${bars[last].dataset.until}`);
  };
  const show = () => {
    const [first, last] = from === null ? [-1, -2] : from <= to ? [from, to] : [to, from];
    bars.forEach((bar, n) => bar.classList.toggle("in", n >= first && n <= last));
    if (from === null) hint.innerHTML = said;
    else hint.textContent = `${bars[first].dataset.since} to ${bars[last].dataset.until}`;
  };
  const under = (event) => bars.indexOf(event.target.closest?.(".bar"));
  svg.addEventListener("pointerdown", (event) => { if (event.button === 0 && under(event) >= 0) { from = to = under(event); event.preventDefault(); svg.setPointerCapture?.(event.pointerId); } });
  svg.addEventListener("pointermove", (event) => {
    if (from === null || !event.buttons) return;
    const box = svg.getBoundingClientRect(), x = (event.clientX - box.left) / box.width * svg.viewBox.baseVal.width;
    const n = bars.findIndex((bar) => { const r = bar.querySelector(".catch"); return x >= r.x.baseVal.value && x < r.x.baseVal.value + r.width.baseVal.value; });
    if (n >= 0) { to = n; show(); }
  });
  svg.addEventListener("pointerup", () => { if (from !== null) { const [a, b] = [from, to]; from = null; go(a, b); } });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("click", (event) => { if (event.target.closest("a")) event.preventDefault(); });
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const middle = Math.max(0, under(event)), wide = Math.max(2, Math.round(bars.length * (event.deltaY < 0 ? 0.5 : 1)));
    if (event.deltaY > 0) { location.assign(base); return; }
    const first = Math.max(0, middle - (wide >> 1));
    go(first, Math.min(bars.length - 1, first + wide - 1));
  }, { passive: false });

  // The keys: one stop in the order of tabs, then arrows; with Shift a stretch of time.
  svg.tabIndex = 0;
  svg.addEventListener("focus", () => { hint.textContent = "Arrows walk the bars, Shift and arrows choose a stretch, Enter shows it."; });
  svg.addEventListener("blur", () => { from = null; at = -1; show(); });
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -bars.length, End: bars.length }[event.key];
    if (step) {
      event.preventDefault();
      if (at < 0) at = step > 0 ? -1 : bars.length;
      const next = Math.min(bars.length - 1, Math.max(0, at + step));
      from = event.shiftKey ? from ?? at : next;
      to = at = next;
      show();
      hint.textContent += `: ${bars[at].getAttribute("aria-label") || "nothing"}`;
    } else if (event.key === "Enter" && from !== null) { event.preventDefault(); go(from, to); }
    else if (event.key === "Escape") { from = null; show(); }
  });
  hint.setAttribute("aria-live", "polite");
}

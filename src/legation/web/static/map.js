// The map nearer and farther: near points are put together anew at every step, as the server did for the first.
const NEAR = 26, SVG = "http://www.w3.org/2000/svg";
const radius = (count) => Math.min(34, 5 + 2.6 * Math.sqrt(count));

export function start(root) {
  for (const figure of root.querySelectorAll("[data-map]")) live(root, figure);
}

function live(root, figure) {
  const svg = figure.querySelector("svg"), spots = figure.querySelector("[data-spots]"), keys = figure.querySelector("[data-map-keys]");
  const places = JSON.parse(figure.dataset.map), box = svg.viewBox.baseVal;
  const whole = [box.x, box.y, box.width, box.height];
  const link = spots.querySelector("a")?.getAttribute("href")?.replace(/places=[^&]*$/, "") ?? "/search?";
  const number = new Intl.NumberFormat("en");
  let view = [...whole];
  keys.hidden = false;

  function draw() {
    svg.setAttribute("viewBox", view.join(" "));
    const unit = view[2] / (svg.clientWidth || 960), made = [];
    for (const [x, y, count, quad, name] of [...places].sort((a, b) => b[2] - a[2])) {
      const near = made.find((spot) => Math.hypot(spot.x - x, spot.y - y) < NEAR * unit);
      if (near) { near.count += count; near.names.push(name); near.quads[quad] = (near.quads[quad] || 0) + count; }
      else made.push({ x, y, count, names: [name], quads: { [quad]: count } });
    }
    spots.replaceChildren(...made.map((spot) => {
      const a = root.createElementNS(SVG, "a"), circle = root.createElementNS(SVG, "circle"), title = root.createElementNS(SVG, "title");
      const quad = Object.entries(spot.quads).sort((p, q) => q[1] - p[1])[0][0];
      a.setAttribute("href", `${link}places=${encodeURIComponent(spot.names[0])}`);
      a.setAttribute("tabindex", "-1");
      circle.setAttribute("class", `q${quad}`);
      circle.setAttribute("cx", spot.x); circle.setAttribute("cy", spot.y); circle.setAttribute("r", radius(spot.count) * unit);
      title.textContent = `${spot.names.slice(0, 6).join(", ")}${spot.names.length > 6 ? ` and ${spot.names.length - 6} more` : ""}: ${number.format(spot.count)}`;
      circle.append(title); a.append(circle);
      return a;
    }));
  }
  function zoom(by, x = view[0] + view[2] / 2, y = view[1] + view[3] / 2) {
    if (!by) view = [...whole];
    else {
      const wide = Math.min(3600, Math.max(8, view[2] * by)), part = wide / view[2];
      view = [x - (x - view[0]) * part, y - (y - view[1]) * part, wide, view[3] * part];
    }
    draw();
  }
  const point = (event) => { const b = svg.getBoundingClientRect(); return [view[0] + (event.clientX - b.left) / b.width * view[2], view[1] + (event.clientY - b.top) / b.height * view[3]]; };
  for (const key of keys.querySelectorAll("[data-zoom]")) key.addEventListener("click", () => zoom(Number(key.dataset.zoom)));
  svg.addEventListener("wheel", (event) => { if (!event.ctrlKey) return; event.preventDefault(); zoom(event.deltaY < 0 ? 0.8 : 1.25, ...point(event)); }, { passive: false });
  svg.addEventListener("dblclick", (event) => zoom(0.5, ...point(event)));
  let held = null, moved = false;
  svg.addEventListener("pointerdown", (event) => { held = point(event); moved = false; });
  svg.addEventListener("pointermove", (event) => {
    if (!held || !event.buttons) return;
    const now = point(event);
    if (!moved && Math.hypot(now[0] - held[0], now[1] - held[1]) < view[2] / 150) return;
    moved = true;
    view[0] += held[0] - now[0]; view[1] += held[1] - now[1];
    svg.setAttribute("viewBox", view.join(" "));
  });
  addEventListener("pointerup", () => { if (moved) draw(); held = null; });
  svg.addEventListener("click", (event) => { if (moved) event.preventDefault(); });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  draw();
}

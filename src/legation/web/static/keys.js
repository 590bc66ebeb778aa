// Keys for the whole desk. They can be turned off on the help page (WCAG 2.1.4), and never act while one types.
const PLACES = { t: "/", s: "/situations", f: "/search", r: "/review", c: "/code", o: "/sources", h: "/help" };
const SWITCH = "legation-keys";

export function areOn() {
  try { return localStorage.getItem(SWITCH) !== "off"; } catch { return true; }
}

export function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio|button|submit)$/.test(target.type));
}

export function keys(root) {
  let goes = false;
  const box = root.querySelector("#keys-on");
  if (box) {
    box.checked = areOn();
    box.addEventListener("change", () => { try { localStorage.setItem(SWITCH, box.checked ? "on" : "off"); } catch { /* private mode */ } });
  }
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === "Enter" && event.target.form) { event.target.form.requestSubmit(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !areOn()) return;
    if (goes) {
      goes = false;
      if (PLACES[event.key]) { event.preventDefault(); location.assign(PLACES[event.key]); }
      return;
    }
    if (event.key === "g") { goes = true; setTimeout(() => { goes = false; }, 1500); }
    else if (event.key === "/") { const field = root.querySelector("#words, #quick"); if (field) { event.preventDefault(); field.focus(); field.select?.(); } }
    else if (event.key === "?") location.assign("/help");
    else if (event.key === "j" || event.key === "k") walk(root, event.key === "j" ? 1 : -1);
    else if (event.key === "Enter") { const link = root.querySelector(".chosen-row a[href]"); if (link && event.target === root.body) link.click(); }
  });
}

// The next or previous row of the page's list; focus goes to its link, so that a screen reader follows.
function walk(root, step) {
  const list = root.querySelector("[data-walk]");
  if (!list) return;
  const rows = [...(list.tBodies ? list.tBodies[0].rows : list.children)];
  const at = rows.findIndex((row) => row.classList.contains("chosen-row"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step))];
  if (!next) return;
  rows[at]?.classList.remove("chosen-row");
  next.classList.add("chosen-row");
  next.querySelector(".card-name, .row-name, a[href]")?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  next.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
}

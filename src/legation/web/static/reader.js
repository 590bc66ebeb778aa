// The text beside its record: what belongs together lights up, and a mark tells what it is on hover.
export function reader(root) {
  const page = root.querySelector("[data-reader]");
  if (!page) return;
  const cards = new Map([...page.querySelectorAll("[data-card]")].map((card) => [card.dataset.card, card]));
  const marks = [...page.querySelectorAll(".m")];
  const has = (mark, name, number) => (mark.dataset[name] || "").split(" ").includes(number);

  function light(number, inText) {
    for (const mark of marks) mark.classList.toggle("lit", number !== null && (has(mark, "e", number) || has(mark, "p", number)));
    for (const [own, card] of cards) card.classList.toggle("lit", own === number);
    if (number === null) return;
    if (inText === undefined) return;
    if (inText) marks.find((mark) => has(mark, "e", number))?.scrollIntoView({ block: "center" });
    else { const card = cards.get(number), box = card?.parentElement?.parentElement; if (card && box && getComputedStyle(box).overflowY === "auto") box.scrollTo({ top: card.offsetTop - 20 }); }
  }
  for (const [number, card] of cards) {
    card.addEventListener("mouseenter", () => light(number));
    card.addEventListener("mouseleave", () => light(null));
    card.addEventListener("focusin", () => light(number));
    card.addEventListener("chosen", () => light(number, true));
  }
  for (const mark of marks) {
    mark.addEventListener("mouseenter", () => { if (mark.dataset.e) light(mark.dataset.e.split(" ")[0], false); tell(mark); });
    mark.addEventListener("mouseleave", () => { if (mark.dataset.e) light(null); hush(); });
    mark.addEventListener("focus", () => { if (mark.dataset.e) light(mark.dataset.e.split(" ")[0], false); tell(mark); });
    mark.addEventListener("blur", () => { light(null); hush(); });
  }
  root.addEventListener("keydown", (event) => { if (event.key === "Escape") hush(); });

  let tip = null;
  function hush() { tip?.remove(); tip = null; }
  function tell(mark) {
    hush();
    const names = (mark.dataset.n || "").split(" ").filter(Boolean);
    if (!names.length) return;
    tip = root.createElement("div");
    tip.className = "tip";
    tip.setAttribute("role", "tooltip");
    for (const name of names.slice(0, 3)) {
      const note = root.getElementById(name);
      if (!note) continue;
      const part = root.createElement("div");
      for (const child of note.querySelector("dd").children) part.append(child.cloneNode(true));
      tip.append(part);
    }
    root.body.append(tip);
    const at = mark.getClientRects()[0] || mark.getBoundingClientRect();
    const left = Math.min(at.left, innerWidth - tip.offsetWidth - 12);
    const under = at.bottom + tip.offsetHeight + 12 < innerHeight;
    tip.style.left = `${Math.max(8, left) + scrollX}px`;
    tip.style.top = `${(under ? at.bottom + 8 : at.top - tip.offsetHeight - 8) + scrollY}px`;
  }
}

// Review by keyboard: a accepts, c corrects, x rejects, s skips, u undoes, m adds what was missed.
import { areOn, isTyping } from "./keys.js";

export function start(root) {
  const page = root.querySelector("[data-review]");
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !areOn()) return;
    const what = page.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!what) return;
    event.preventDefault();
    if (what.tagName === "DETAILS") { what.open = !what.open; if (what.open) what.querySelector("select, input:not([type=hidden])")?.focus(); }
    else what.click();
  });
  const text = root.querySelector(".beside"), here = text?.querySelector(".sentence.here");
  if (here && here.offsetTop > text.clientHeight) text.scrollTop = here.offsetTop - text.clientHeight / 3;
  for (const select of page.querySelectorAll("[data-type]")) {
    const form = select.closest("form"), modes = form.querySelector("[data-modes-of]"), gloss = form.querySelector("[data-gloss]");
    select.addEventListener("change", () => {
      const known = (select.selectedOptions[0].dataset.modes || "").split(" ").filter(Boolean);
      modes.replaceChildren(...["", ...known].map((mode) => { const option = root.createElement("option"); option.value = mode; option.textContent = mode || "none"; return option; }));
      if (gloss) gloss.textContent = "";
    });
  }
}

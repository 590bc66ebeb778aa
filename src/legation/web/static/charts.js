// Charts come alive: Vega reads their specification with an interpreter of its own, so that no text is ever run as code.
export async function start(root) {
  const home = root.querySelector("[data-charts]");
  await import(home.dataset.charts);
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) { watch.unobserve(entry.target); live(entry.target); }
  }, { rootMargin: "300px" });
  for (const figure of home.querySelectorAll("[data-spec]")) watch.observe(figure);
}

async function live(figure) {
  const box = figure.querySelector(".vega-box"), drawn = document.createElement("div");
  try {
    const spec = await (await fetch(figure.dataset.spec)).json();
    const before = box.firstElementChild;
    drawn.hidden = true;
    box.append(drawn);
    await globalThis.vegaEmbed(drawn, spec, { ast: true, actions: false, renderer: "canvas", defaultStyle: false, tooltip: { disableDefaultStyle: true } });
    before.remove();
    drawn.hidden = false;
    figure.dataset.live = "";
  } catch (err) { drawn.remove(); console.warn(err); }
}

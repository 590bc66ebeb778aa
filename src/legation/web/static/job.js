// Long work: its progress asked for every half second, and on to the result.
export function watchJob(root) {
  const box = root.querySelector("[data-job]");
  if (!box || !["waiting", "running"].includes(box.dataset.state)) return;
  const text = box.querySelector("[data-job-text]"), bar = box.querySelector("[data-job-bar]");
  const number = new Intl.NumberFormat("en");
  let waits = 500;
  async function ask() {
    try {
      const job = await (await fetch(box.dataset.job)).json();
      if (job.state === "done" || job.state === "failed" || job.state === "cancelled") { location.replace(job.state === "done" && job.location ? job.location : location.href); return; }
      text.textContent = job.total ? `${number.format(job.done)} of ${number.format(job.total)} done` : `${number.format(job.done)} done`;
      if (job.total) { bar.max = job.total; bar.value = job.done; }
      waits = 500;
    } catch { waits = Math.min(8000, waits * 2); }
    setTimeout(ask, waits);
  }
  setTimeout(ask, waits);
}

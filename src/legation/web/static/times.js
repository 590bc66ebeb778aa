// Times stand in UTC; the reader's own time is told on hover.
export function localTimes(root) {
  const format = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
  for (const time of root.querySelectorAll("time[data-local]")) {
    const when = new Date(time.dateTime);
    if (!Number.isNaN(when.getTime())) time.title = `${format.format(when)} (your time)`;
  }
}

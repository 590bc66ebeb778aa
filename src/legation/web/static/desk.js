// What the pages gain with JavaScript; without it they read the same. Each module looks for its own marks.
import { localTimes } from "./times.js";
import { keys } from "./keys.js";
import { reader } from "./reader.js";
import { forms } from "./forms.js";
import { watchJob } from "./job.js";

const start = [localTimes, keys, reader, forms, watchJob];
for (const each of start) each(document);

const later = { "[data-timeline]": "./timeline.js", "[data-map]": "./map.js", "[data-review]": "./review.js", "[data-charts]": "./charts.js" };
for (const [mark, path] of Object.entries(later)) {
  if (document.querySelector(mark)) import(path).then((module) => module.start(document));
}

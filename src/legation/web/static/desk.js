// What the pages gain with JavaScript; without it they read the same. Each module looks for its own marks.
import { localTimes } from "./times.js";
import { keys } from "./keys.js";
import { reader } from "./reader.js";
import { forms } from "./forms.js";
import { watchJob } from "./job.js";

const start = [localTimes, keys, reader, forms, watchJob];
for (const each of start) each(document);

const later = { "[data-timeline]": "./timeline.js", "[data-map]": "./map.js", "[data-review]": "./review.js", "[data-charts]": "./charts.js" };
const loading = Object.entries(later).filter(([mark]) => document.querySelector(mark)).map(([, path]) => import(path).then((module) => module.start(document)));
// A sign for whoever waits for the page to answer to pointer and keys: our own tests, and programs that drive a browser.
Promise.allSettled(loading).then(() => { document.documentElement.dataset.ready = ""; });

// Forms: files dropped anywhere on them, a button that says it works, fields that send themselves.
export function forms(root) {
  for (const form of root.querySelectorAll("form")) {
    form.addEventListener("submit", () => {
      const button = form.querySelector("[data-busy]");
      if (button) { button.textContent = button.dataset.busy; button.setAttribute("aria-busy", "true"); }
    });
  }
  for (const field of root.querySelectorAll("[data-send]")) field.addEventListener("change", () => field.form.requestSubmit());
  for (const form of root.querySelectorAll("[data-ask]")) {
    form.addEventListener("submit", (event) => { if (!confirm(form.dataset.ask)) event.preventDefault(); });
  }
  const form = root.querySelector("[data-drop]");
  if (!form) return;
  const zone = form.querySelector("[data-dropzone]"), input = zone.querySelector("input[type=file]"), list = form.querySelector("[data-chosen]");
  const size = (bytes) => bytes > 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} kB`;
  const show = () => list.replaceChildren(...[...input.files].map((file) => { const row = root.createElement("li"); row.textContent = `${file.name}, ${size(file.size)}`; return row; }));
  input.addEventListener("change", show);
  for (const kind of ["dragenter", "dragover"]) form.addEventListener(kind, (event) => { if (event.dataTransfer?.types.includes("Files")) { event.preventDefault(); zone.classList.add("over"); } });
  form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) zone.classList.remove("over"); });
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    zone.classList.remove("over");
    input.files = event.dataTransfer.files;
    show();
  });
}

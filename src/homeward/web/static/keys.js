// Single keys, known by their place on the keyboard: / goes to the search, ? shows the list. Without it both are links.
(() => {
  "use strict";
  const list = document.getElementById("keys");
  if (!list || list.dataset.acting !== "yes") return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.code === "Slash" && event.shiftKey || event.key === "?") list.togglePopover();
    else if (event.code === "Slash" || event.key === "/") document.getElementById("find")?.focus();
    else return;
    event.preventDefault();
  });
})();

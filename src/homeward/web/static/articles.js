// Deciding on claims by keyboard, by the place of the key: arrows move, a accepts, e corrects, r rejects. Without it the
// buttons do the same.
(() => {
  "use strict";
  const keysAct = document.getElementById("keys")?.dataset.acting === "yes";
  let last = -1; // the place of the claim that was decided last, so that the next one is taken up

  const cards = () => [...document.querySelectorAll("[data-claim-cards] .claim-card")];
  const focus = (card, scroll = true) => {
    for (const other of cards()) other.toggleAttribute("aria-current", other === card);
    for (const span of document.querySelectorAll(".quoted")) {
      span.classList.toggle("current", span.dataset.claims.split(" ").includes(card.dataset.position));
    }
    card.focus({ preventScroll: !scroll });
  };
  const current = () => cards().findIndex((card) => card.hasAttribute("aria-current"));
  const decide = (name) => {
    const control = cards()[current()]?.querySelector(`[data-decision="${name}"]`);
    if (control instanceof HTMLFormElement) control.requestSubmit();
    else control?.click();
  };
  const begin = (scroll) => {
    const all = cards();
    if (!all.length) return;
    const waiting = all.filter((card) => card.classList.contains("proposed"));
    const next = waiting.find((card) => Number(card.dataset.position) > last) ?? waiting[0];
    const asked = last < 0 ? all.find((card) => `#${card.id}` === location.hash) : undefined;
    focus(asked ?? next ?? all[0], scroll);
  };

  document.addEventListener("keydown", (event) => {
    if (!keysAct || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.repeat && !event.code.startsWith("Arrow") || event.target.closest("input, textarea, select")) return;
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.code];
    const decision = { KeyA: "accept", KeyE: "correct", KeyR: "reject" }[event.code];
    const all = cards();
    if (!all.length || !step && !decision) return;
    event.preventDefault();
    if (step) focus(all[Math.min(all.length - 1, Math.max(0, current() + step))]);
    else decide(decision);
  });
  document.addEventListener("click", (event) => {
    const span = event.target.closest(".quoted");
    const card = span
      ? cards().find((one) => one.dataset.position === span.dataset.claims.split(" ")[0])
      : event.target.closest("a, button, summary") ? null : event.target.closest(".claim-card");
    if (card) focus(card);
  });
  document.addEventListener("submit", (event) => {
    const card = event.target.closest(".claim-card");
    if (card) last = Number(card.dataset.position);
  });
  document.addEventListener("htmx:afterSettle", () => begin(true));
  begin(false);
})();

// Deciding on claims by keyboard: arrows move, a accepts, e corrects, r rejects. Without it the buttons do the same.
(() => {
  "use strict";
  const cards = [...document.querySelectorAll("[data-claim-cards] .claim-card")];
  if (!cards.length) return;

  const focus = (card) => {
    for (const other of cards) other.toggleAttribute("aria-current", other === card);
    for (const span of document.querySelectorAll(".quoted")) {
      span.classList.toggle("current", span.dataset.claims.split(" ").includes(card.dataset.position));
    }
    card.focus();
  };
  const current = () => cards.findIndex((card) => card.hasAttribute("aria-current"));
  const decide = (name) => {
    const control = cards[current()]?.querySelector(`[data-decision="${name}"]`);
    if (control instanceof HTMLFormElement) control.requestSubmit();
    else control?.click();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat && !event.key.startsWith("Arrow")) return;
    if (event.target.closest("input, textarea, select")) return;
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const decision = { a: "accept", e: "correct", r: "reject" }[event.key];
    if (!step && !decision) return;
    event.preventDefault();
    if (step) focus(cards[Math.min(cards.length - 1, Math.max(0, current() + step))]);
    else decide(decision);
  });
  for (const card of cards) card.addEventListener("click", (event) => { if (!event.target.closest("a, button")) focus(card); });
  for (const span of document.querySelectorAll(".quoted")) {
    span.addEventListener("click", () => {
      const card = cards.find((one) => one.dataset.position === span.dataset.claims.split(" ")[0]);
      if (card) focus(card);
    });
  }
  focus(cards.find((card) => `#${card.id}` === location.hash) ?? cards.find((card) => card.classList.contains("proposed")) ?? cards[0]);
})();

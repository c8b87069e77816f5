// Keyboard: "/" goes to the search box, on this page or on that of the search, and Escape leaves it.
"use strict";

const box = document.getElementById("q");

document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, select");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    if (box) {
      box.focus();
      box.select();
    } else {
      window.location.assign("/cari#q");
    }
  } else if (event.key === "Escape" && event.target === box) {
    box.blur();
  }
});

// Whoever loads more goes on reading at the first that is new: the link that had the focus is gone.
const hits = document.getElementById("hasil");
let shown = 0;
hits?.addEventListener("htmx:beforeSwap", () => {
  shown = hits.querySelectorAll("h2 a").length;
});
hits?.addEventListener("htmx:afterSwap", () => {
  if (document.activeElement === document.body) {
    hits.querySelectorAll("h2 a")[shown]?.focus();
  }
});

// On small screens the filters start folded.
const facets = document.querySelector("details.facets");
if (facets && window.matchMedia("(max-width: 760px)").matches) {
  facets.open = false;
}

// Choosing a region of the chart shows it at once; without scripts the button does.
for (const select of document.querySelectorAll("select[data-submits]")) {
  select.form.querySelector("button").hidden = true;
  select.addEventListener("change", () => select.form.submit());
}

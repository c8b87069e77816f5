// Keyboard: "/" goes to the search box, Escape leaves it. On small screens the filters start folded.
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
      window.location.assign("/cari");
    }
  } else if (event.key === "Escape" && event.target === box) {
    box.blur();
  }
});

const facets = document.querySelector("details.facets");
if (facets && window.matchMedia("(max-width: 760px)").matches) {
  facets.open = false;
}

// Choosing a region of the chart shows it at once; without scripts the button does.
for (const select of document.querySelectorAll("select[data-submits]")) {
  select.form.querySelector("button").hidden = true;
  select.addEventListener("change", () => select.form.submit());
}

// Enhancement only: the list works without it. Single letters walk the rows, choose them and open the page of keys; they
// are silent while somebody types, and may be switched off on this machine (WCAG 2.1.4).
(() => {
  const OFF = "motcua-keys-off";
  const links = () => [...document.querySelectorAll("#worklist tbody tr th[scope=row] a")];
  const rowOf = (element) => element && element.closest("tr");
  const boxes = () => [...document.querySelectorAll("#worklist input[name=dossier]")];
  const isOff = () => localStorage.getItem(OFF) === "1";
  const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

  const here = () => {
    const row = rowOf(document.activeElement);
    return row && row.closest("#worklist") ? row : null;
  };
  const step = (by) => {
    const all = links();
    const at = all.findIndex((link) => rowOf(link) === here());
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
    if (next) next.focus();
  };
  const tell = () => {
    const place = document.querySelector("[data-chosen]");
    if (!place) return;
    const chosen = boxes().filter((box) => box.checked).length;
    place.hidden = chosen === 0;
    place.textContent = `(${chosen})`;
  };
  const choose = () => {
    const box = here() && here().querySelector("input[name=dossier]");
    if (box) box.checked = !box.checked;
  };
  const chooseAll = () => {
    const all = boxes();
    const every = all.every((box) => box.checked);
    all.forEach((box) => { box.checked = !every; });
  };
  const help = () => {
    const dialog = document.getElementById("wl-keys");
    if (dialog) dialog.showModal();
  };
  const acts = {
    j: () => step(1), k: () => step(-1), x: choose, a: chooseAll, "?": help,
    "/": () => document.getElementById("shell-search").focus(),
  };

  document.addEventListener("keydown", (event) => {
    const act = acts[event.key];
    if (!act || isOff() || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    act();
    tell();
  });
  document.addEventListener("change", tell);
  document.addEventListener("focusin", () => {
    document.querySelectorAll(".wl-here").forEach((row) => row.classList.remove("wl-here"));
    if (here()) here().classList.add("wl-here");
  });
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-keys-switch]").forEach((part) => { part.hidden = false; });
    document.querySelectorAll("[data-keys-off]").forEach((box) => {
      box.checked = isOff();
      box.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "1" : "0"));
    });
    const link = document.querySelector("[data-keys-help]");
    if (link) link.addEventListener("click", (event) => { event.preventDefault(); help(); });
    // On a telephone the list comes first; filters in use stay open.
    const filter = document.querySelector('[data-filter]:not([data-filter="kept"])');
    if (filter && window.matchMedia("(max-width: 60rem)").matches) filter.open = false;
    tell();
  });
})();

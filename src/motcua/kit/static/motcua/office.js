// Enhancement only: every page works without it. After a fragment is swapped, focus returns to the control that asked,
// or goes to the error summary when the server refused the input.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
document.addEventListener("htmx:afterSettle", (event) => {
  const summary = event.target.querySelector("[data-focus]");
  if (summary) summary.focus();
});
document.addEventListener("DOMContentLoaded", () => {
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
});

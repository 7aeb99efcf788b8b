// What the pages do beyond HTML: the design system's components come alive, also in what htmx brings later.
"use strict";
document.addEventListener("DOMContentLoaded", () => DKFDS.init());
document.addEventListener("htmx:load", (event) => {
	if (event.detail.elt !== document.body) DKFDS.init({ scope: event.detail.elt });
});
// htmx sends the token that forms carry in a field.
document.addEventListener("htmx:configRequest", (event) => {
	const token = document.querySelector('meta[name="csrf-token"]');
	if (token && event.detail.verb !== "get") event.detail.headers["X-CSRF-Token"] = token.content;
});
// Whoever had the focus on something that is gone now goes on where the list is counted.
document.addEventListener("htmx:afterSettle", () => {
	if (document.activeElement === document.body) document.getElementById("found")?.focus({ preventScroll: true });
});
// A part that did not come is told; the next that comes takes it back.
const trouble = (there) => (document.getElementById("trouble").hidden = !there);
for (const what of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(what, () => trouble(true));
document.addEventListener("htmx:afterSwap", () => trouble(false));

// What may take more than a second says so (htmx does that by itself, with the same class).
const busy = (is) => document.getElementById("busy").classList.toggle("htmx-request", is);
window.addEventListener("pageshow", () => busy(false));
document.addEventListener("submit", (event) => event.target.matches("[data-slow]") && busy(true));
document.addEventListener("click", (event) => {
	const link = event.target.closest("a[data-slow]");
	if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
	busy(true);
	if (!link.hasAttribute("download")) return;
	event.preventDefault();
	save(link).finally(() => busy(false));
});
// Fetches a file that takes a while to make, and saves it; what goes wrong is shown as a page.
async function save(link) {
	const answer = await fetch(link.href).catch(() => null);
	const name = /filename="([^"]+)"/.exec(answer?.headers.get("Content-Disposition") || "");
	if (!answer?.ok || !name) return location.assign(link.href);
	const file = document.createElement("a");
	file.href = URL.createObjectURL(await answer.blob());
	file.download = name[1];
	file.click();
	setTimeout(() => URL.revokeObjectURL(file.href), 60000);
}

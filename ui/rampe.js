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
// A page that came back with problems begins at their summary.
document.addEventListener("DOMContentLoaded", () => document.getElementById("problems")?.focus());

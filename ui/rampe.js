// What the pages do beyond HTML: the design system's components come alive, also in what htmx brings later.
"use strict";
document.addEventListener("DOMContentLoaded", () => DKFDS.init());
document.addEventListener("htmx:load", (event) => {
	if (event.detail.elt !== document.body) DKFDS.init({ scope: event.detail.elt });
});

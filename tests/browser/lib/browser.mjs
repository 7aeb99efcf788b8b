// Debian's chromium, driven by playwright-core: one browser for a script, a fresh profile for each login.
import { chromium } from "playwright-core";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { password } from "./server.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844 };

export async function openBrowser() {
	return chromium.launch({
		executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
		args: [
			"--headless",
			"--no-sandbox",
			"--disable-gpu",
			"--disable-quic",
			"--no-first-run",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
			"--lang=da-DK",
		],
		env: { ...process.env, LANGUAGE: "da" },
	});
}

// A page of a fresh profile. What goes wrong on it (errors told on the console, breaches of the content security
// policy, requests to other places) gathers in page.complaints.
export async function openPage(browser, url, { size = desktop, js = true, lang = "da-DK", zoom = 1 } = {}) {
	const context = await browser.newContext({
		baseURL: url,
		viewport: size,
		javaScriptEnabled: js,
		locale: lang,
		deviceScaleFactor: zoom,
		timezoneId: "Europe/Copenhagen",
		reducedMotion: "reduce",
	});
	context.setDefaultTimeout(15000);
	const page = await context.newPage();
	page.complaints = [];
	page.on("console", (m) => {
		// What a server answers with 4xx to bad input is told on the console too, and is meant.
		if (m.type() === "error" && !/the server responded with a status of 4\d\d/.test(m.text()))
			page.complaints.push(`${page.url()}: ${m.text()}`);
	});
	page.on("pageerror", (e) => page.complaints.push(`${page.url()}: ${e.message}`));
	page.on("request", (r) => {
		if (!r.url().startsWith(url) && !r.url().startsWith("data:")) page.complaints.push(`asks ${r.url()}`);
	});
	page.close_all = () => context.close();
	return page;
}

export async function login(page, name) {
	await page.goto("/login");
	await page.fill("#login", name);
	await page.fill("#password", password);
	await page.click("main button[type=submit]");
	await page.waitForURL((u) => u.pathname !== "/login");
}

// The violations of WCAG 2.1 A and AA that axe finds, one line each, with where.
export async function violations(page) {
	if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
	const found = await page.evaluate(() =>
		window.axe.run(document, {
			runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
			resultTypes: ["violations"],
		}),
	);
	return found.violations.flatMap((v) =>
		v.nodes.map((n) => `${v.id} (${v.impact}): ${v.help} – ${n.target.join(" ")} – ${n.html.slice(0, 200)}`),
	);
}

// Sends the form of the page's content, and waits for the answer.
export async function send(page) {
	await Promise.all([page.waitForEvent("load"), page.click("main form[method=post] button[type=submit].button-primary")]);
}

// Does something that htmx answers by swapping a part of the page, and waits until that stands.
export async function swapped(page, act) {
	const settled = page.evaluate(
		() => new Promise((done) => document.addEventListener("htmx:afterSettle", () => done(), { once: true })),
	);
	await Promise.all([settled, act()]);
}

// The summary of problems: {heading, links: [{text, href}]}; null when there is none.
export async function problems(page) {
	const box = page.locator("#problems");
	if ((await box.count()) === 0) return null;
	const links = await box.locator("a").all();
	return {
		heading: (await box.locator("h2").textContent()).trim(),
		links: await Promise.all(links.map(async (a) => ({ text: await a.textContent(), href: await a.getAttribute("href") }))),
	};
}

// What sticks out to the right of the window: it would scroll sideways, or (dkfds hides that) be cut off.
export async function overflowing(page) {
	return page.evaluate(() => {
		const width = document.documentElement.clientWidth;
		const inside = (e) => e !== document.body && (getComputedStyle(e).overflowX !== "visible" || inside(e.parentElement));
		const out = [...document.querySelectorAll("body *")]
			.filter((e) => e.getBoundingClientRect().right > width + 1 && !inside(e.parentElement))
			.map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class")} ends at ${Math.round(e.getBoundingClientRect().right)}`);
		// Or is squeezed, so that words stand letter under letter.
		const hidden = (e) => e && (getComputedStyle(e).clipPath !== "none" || hidden(e.parentElement));
		for (const e of document.querySelectorAll("main *")) {
			const box = e.getBoundingClientRect();
			if (e.textContent.trim().length > 6 && box.width > 1 && box.width < 40 && box.height > 80 && !e.closest("svg") && !hidden(e))
				out.push(`${e.tagName.toLowerCase()} "${e.textContent.trim().slice(0, 40)}" is ${Math.round(box.width)} wide, ${Math.round(box.height)} high`);
		}
		if (document.documentElement.scrollWidth > width) out.push(`the page is ${document.documentElement.scrollWidth} wide`);
		return out.slice(0, 8);
	});
}

// Takes the screenshots of docs/screenshots anew: `node tests/browser/screenshots.mjs`, after `make`, in the root.
import { mkdtempSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { desktop, login, openBrowser, openPage, phone } from "./lib/browser.mjs";
import { demo, serve } from "./lib/server.mjs";

const folder = "docs/screenshots";
mkdirSync(folder, { recursive: true });
process.env.TMPDIR = mkdtempSync(join(tmpdir(), "rampe-screenshots-"));
const server = await serve(await demo());
const chromium = await openBrowser();

// A page as somebody sees it after some steps: a path to go to, or something to do.
const at = async (who, size, name, ...steps) => {
	const page = await openPage(chromium, server.url, { size });
	await login(page, who);
	for (const step of steps) await (typeof step === "string" ? page.goto(step) : step(page));
	await page.waitForLoadState("networkidle");
	await page.evaluate(() => (document.activeElement.blur(), window.scrollTo(0, 0)));
	await page.screenshot({ path: `${folder}/${name}.png`, fullPage: name === "maal" });
	await page.close_all();
};
const click = (selector) => async (page) => {
	await Promise.all([page.waitForEvent("load"), page.click(selector)]);
};
const someone = click("main tbody tr:nth-child(2) a");

try {
	await at("leder", desktop, "start", "/");
	await at("kontakt", desktop, "borger", "/borgere", someone);
	await at("kontakt", phone, "kontakt-mobil", "/borgere", someone, click(".rampe-top-buttons .button-primary"), async (page) => {
		await page.selectOption("#how", { label: "Walk and talk" });
		await page.fill("#minutes", "40");
		await page.fill("#note", "Gik en tur langs åen og talte om den første arbejdsdag.");
	});
	await at("leder", desktop, "maal", "/maal");
	await at("evaluator", desktop, "evaluering", "/", click('header a[href="/evaluering"]'));
} finally {
	await chromium.close();
	await server.stop();
	rmSync(process.env.TMPDIR, { recursive: true });
}

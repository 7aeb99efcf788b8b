// Every page that somebody can reach by following links, once for each route and set of query keys.

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// The page routes: {pattern, matches(path)}; the API and what is no page are left out.
export function pageRoutes(routes) {
	return routes
		.filter((r) => r.method === "GET" && !r.path.startsWith("/api/"))
		.map((r) => ({
			...r,
			matches: new RegExp(`^${r.path.split(/\{[a-z_]+\}/).map(escaped).join("[^/]+")}$`),
		}))
		.sort((a, b) => (a.path.match(/\{/g) || []).length - (b.path.match(/\{/g) || []).length);
}

// What a link leads to: "/borger/{participant} ?follow_up"; null when it is no page of ours.
export function kindOf(routes, url, base) {
	const u = new URL(url, base);
	if (u.origin !== base || u.pathname.startsWith("/api/") || u.pathname.startsWith("/assets/")) return null;
	const route = routes.find((r) => r.matches.test(u.pathname));
	const keys = [...new Set(u.searchParams.keys())].sort().join(",");
	return { pattern: route ? route.path : u.pathname, key: (route ? route.path : u.pathname) + (keys && ` ?${keys}`) };
}

// A page to look at, not a file to save.
export const isPage = (entry) => entry.status === 200 && /^text\/html(?!.*to be saved)/.test(entry.type);

// Follows links from `start`; [{key, pattern, path, type, status}].
export async function crawl(page, routes, base, start) {
	const found = new Map();
	const waiting = [];
	const add = (url) => {
		const kind = kindOf(routes, url, base);
		if (!kind || found.has(kind.key)) return;
		const u = new URL(url, base);
		const entry = { ...kind, path: u.pathname + u.search };
		found.set(kind.key, entry);
		waiting.push(entry);
	};
	for (const url of start) add(url);
	while (waiting.length > 0) {
		const entry = waiting.shift();
		const answer = await page.request.get(entry.path, { maxRedirects: 0, timeout: 300000 });
		entry.status = answer.status();
		entry.type = answer.headers()["content-type"] || "";
		if (answer.headers()["content-disposition"]) entry.type += "; to be saved";
		if (!isPage(entry)) continue;
		const text = (await answer.text()).replaceAll("&amp;", "&");
		for (const [, href] of text.matchAll(/<a\b[^>]*?\shref="([^"#][^"]*)"/g)) add(new URL(href, base + entry.path));
	}
	return [...found.values()];
}

// TAP for scripts: checks told one by one, the plan at the end, so that a script that dies has told no plan.
import { isDeepStrictEqual } from "node:util";

let told = 0;

export function ok(condition, name, ...explained) {
	told += 1;
	console.log(`${condition ? "ok" : "not ok"} ${told} - ${name}`);
	if (!condition)
		for (const line of explained.flat().join("\n").split("\n").slice(0, 60)) console.log(`# ${line}`);
	return condition;
}

const shown = (value) => (typeof value === "string" ? value : JSON.stringify(value));

export function is(got, expected, name) {
	return ok(isDeepStrictEqual(got, expected), name, `expected ${shown(expected)}`, `got      ${shown(got)}`);
}

export function has(text, part, name) {
	return ok(String(text).includes(part), name, `"${part}" is not in:`, String(text).slice(0, 2000));
}

export function hasNot(text, part, name) {
	return ok(!String(text).includes(part), name, `"${part}" is in:`, String(text).slice(0, 2000));
}

// Runs the checks; what they throw is a failed check, and what they have opened is closed.
export async function checks(body) {
	const closers = [];
	try {
		await body((close) => closers.push(close));
	} catch (e) {
		ok(false, "the script runs to its end", e.stack);
	}
	for (const close of closers.reverse()) {
		try {
			await close();
		} catch (e) {
			ok(false, "what was opened can be closed", e.stack);
		}
	}
	console.log(`1..${told}`);
	process.exit(0);
}

// The program under test: a demonstration database of its own in $TMPDIR, and a server on a free port.
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const program = process.env.RAMPE || join(process.cwd(), "build/rampe");
export const password = "rampe-demo-2018";

// The program: {status, out, err}; `input` goes to its standard input.
export function rampe(args, { input = "", env = {} } = {}) {
	return new Promise((resolve) => {
		const options = { env: { ...process.env, ...env }, maxBuffer: 256 << 20 };
		const child = execFile(program, args, options, (error, out, err) =>
			resolve({ status: error ? error.code : 0, out, err }),
		);
		child.stdin.on("error", () => {});
		child.stdin.end(input);
	});
}

// Plays the demonstration; the address of its database.
export async function demo(name = "demo", ...more) {
	const folder = join(tmpdir(), name);
	const made = await rampe(["demo", "--folder", folder, "--no-report", ...more]);
	if (made.status !== 0 || !existsSync(join(folder, "rampe.db")))
		throw new Error(`rampe demo ended with ${made.status}: ${made.err}`);
	return `sqlite:${folder}/rampe.db`;
}

// Serves the database on the demonstration's own day: {url, stop, log}. `stop` gives the exit status.
export function serve(db, ...more) {
	return new Promise((resolve, reject) => {
		const child = spawn(program, ["serve", "--port", "0", "--today", "2018-11-30", "--db", db, ...more], { stdio: ["ignore", "pipe", "pipe"] });
		let log = "";
		const ended = new Promise((done) => child.on("exit", (code) => done(code)));
		child.stderr.on("data", (data) => (log += data));
		ended.then((code) => reject(new Error(`the server ended with ${code}: ${log}`)));
		child.stdout.once("data", (data) =>
			resolve({
				url: String(data).trim().replace(/\/$/, ""),
				log: () => log,
				stop() {
					child.kill("SIGTERM");
					return ended;
				},
			}),
		);
	});
}

// Every route with its permission, as the program lists them.
export async function routes() {
	return JSON.parse((await rampe(["check", "routes"])).out).routes;
}

// Every row of the register, as text; with "counts" how many rows each table has, with "audit" who did what.
export function register(db, ...what) {
	const script = fileURLToPath(new URL("database.py", import.meta.url));
	return new Promise((resolve, reject) =>
		execFile("python3", [script, db.replace(/^sqlite:/, ""), ...what], { maxBuffer: 256 << 20 }, (error, out) =>
			error ? reject(error) : resolve(out),
		),
	);
}

// Where the language server is. Nothing here knows VS Code, so that it can be tested without it.
import * as path from "node:path";

/** What of the world decides where the server is. */
export interface Surroundings {
	env: Record<string, string | undefined>;
	setting: string;
	extensionPath: string;
	home: string;
	platform: string;
	isFile: (path: string) => boolean;
}

export interface ServerPath {
	path: string;
	/** Says in words why it is this one. */
	from: string;
}

/** The setting that names the program. */
export const setting = "paconn.server.path";

/** The environment variable that names the program, for tests. */
export const variable = "PACONN_LS_PATH";

/** Finds the program: environment variable, setting, the extension's own, PATH. What is named must be there. */
export function findServer(s: Surroundings): ServerPath {
	const named: [string | undefined, string][] = [
		[s.env[variable], `the environment variable ${variable}`],
		[expandHome(s.setting.trim(), s.home), `the setting ${setting}`],
	];
	for (const [given, from] of named) {
		if (given) {
			return { path: checked(given, from, s), from };
		}
	}
	const own = places(s).find(([file]) => s.isFile(file));
	if (!own) {
		throw new Error(
			`The program paconn-ls is neither in this extension nor in PATH. Name it in the setting ${setting}, or put it into a folder of PATH.`,
		);
	}
	return { path: own[0], from: own[1] };
}

function checked(given: string, from: string, s: Surroundings): string {
	const p = s.platform === "win32" ? path.win32 : path.posix;
	if (!p.isAbsolute(given)) {
		throw new Error(`${capital(from)} names ${given}, which is no absolute path. Change ${setting}.`);
	}
	if (!s.isFile(given)) {
		throw new Error(
			`${capital(from)} names ${given}, which is not there. Change ${setting}, or put the program there.`,
		);
	}
	return given;
}

/** The places that nobody has to name. Folders of PATH that are not absolute are left out: a workspace could be meant. */
function places(s: Surroundings): [string, string][] {
	const p = s.platform === "win32" ? path.win32 : path.posix;
	const name = s.platform === "win32" ? "paconn-ls.exe" : "paconn-ls";
	const folders = (s.env.PATH ?? s.env.Path ?? "").split(p.delimiter).filter((f) => p.isAbsolute(f));
	return [
		[p.join(s.extensionPath, "bin", name), "the one in this extension"],
		...folders.map((f): [string, string] => [p.join(f, name), "found in PATH"]),
	];
}

function expandHome(given: string, home: string): string {
	return given === "~" || given.startsWith("~/") || given.startsWith("~\\") ? home + given.slice(1) : given;
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

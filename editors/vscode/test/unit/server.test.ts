import assert from "node:assert/strict";
import { test } from "node:test";
import { findServer, type Surroundings } from "../../src/server.js";

const everywhere = ["/env/p", "/home/ada/p", "/set/p", "/ext/bin/paconn-ls", "/usr/bin/paconn-ls"];

function world(change: Partial<Surroundings> & { files?: string[] } = {}): Surroundings {
	const files = change.files ?? everywhere;
	return {
		env: { PATH: "relative:/usr/bin" },
		setting: "",
		extensionPath: "/ext",
		home: "/home/ada",
		platform: "linux",
		isFile: (p) => files.includes(p),
		...change,
	};
}

test("the server is looked for in one order", () => {
	const cases: [string, Partial<Surroundings> & { files?: string[] }, string][] = [
		["the variable before the setting", { env: { PACONN_LS_PATH: "/env/p" }, setting: "/set/p" }, "/env/p"],
		["the setting before the extension's own", { setting: "/set/p" }, "/set/p"],
		["a setting in the home folder", { setting: " ~/p " }, "/home/ada/p"],
		["the extension's own before PATH", {}, "/ext/bin/paconn-ls"],
		[
			"PATH, of which a workspace is no part",
			{ files: ["relative/paconn-ls", "/usr/bin/paconn-ls"] },
			"/usr/bin/paconn-ls",
		],
		[
			"on Windows",
			{ platform: "win32", extensionPath: "C:\\ext", env: { Path: "C:\\a;C:\\b" }, files: ["C:\\b\\paconn-ls.exe"] },
			"C:\\b\\paconn-ls.exe",
		],
	];
	for (const [name, change, want] of cases) {
		assert.equal(findServer(world(change)).path, want, name);
	}
});

test("what cannot be found is an error that names the setting", () => {
	const cases: [string, Partial<Surroundings> & { files?: string[] }, RegExp][] = [
		["nowhere", { files: [] }, /neither in this extension nor in PATH.*paconn\.server\.path/],
		[
			"a setting that leads nowhere",
			{ setting: "/gone/p" },
			/paconn\.server\.path names \/gone\/p, which is not there/,
		],
		["a setting that counts from somewhere", { setting: "bin/p" }, /no absolute path.*paconn\.server\.path/],
		["a variable that leads nowhere", { env: { PACONN_LS_PATH: "/gone/p" } }, /PACONN_LS_PATH names \/gone\/p/],
	];
	for (const [name, change, want] of cases) {
		assert.throws(() => findServer(world(change)), want, name);
	}
});

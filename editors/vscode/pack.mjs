// Packs the extension with the program inside: for this machine as paconn-ls.vsix, or with --all for every platform.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");

const systems = { linux: "linux", darwin: "darwin", win32: "windows" };
const processors = { x64: "amd64", arm64: "arm64" };
const all = Object.keys(systems).flatMap((os) => Object.keys(processors).map((cpu) => `${os}-${cpu}`));

function run(program, args, env = {}) {
	execFileSync(program, args, { cwd: here, stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, ...env } });
}

function version() {
	try {
		return execFileSync("git", ["describe", "--tags", "--always", "--dirty"], { cwd: root, encoding: "utf8" }).trim();
	} catch {
		return "";
	}
}

// The program stands alone in bin/, without anything of another platform.
function compile(target) {
	const [os, cpu] = target.split("-");
	const bin = join(here, "bin");
	rmSync(bin, { recursive: true, force: true });
	mkdirSync(bin);
	const out = join(bin, os === "win32" ? "paconn-ls.exe" : "paconn-ls");
	execFileSync(
		"go",
		["build", "-trimpath", "-ldflags", `-s -w -X main.version=${version()}`, "-o", out, "./cmd/paconn-ls"],
		{
			cwd: root,
			stdio: ["ignore", "inherit", "inherit"],
			env: { ...process.env, CGO_ENABLED: "0", GOOS: systems[os], GOARCH: processors[cpu] },
		},
	);
}

function pack(target, out) {
	compile(target);
	const vsce = join(here, "node_modules", "@vscode", "vsce", "vsce");
	run(process.execPath, [
		vsce,
		"package",
		"--no-dependencies",
		"--allow-missing-repository",
		"--no-rewrite-relative-links",
		"--target",
		target,
		"--out",
		out,
	]);
}

if (process.argv.includes("--all")) {
	for (const target of all) {
		pack(target, `paconn-ls-${target}.vsix`);
	}
} else {
	pack(`${process.platform}-${process.arch}`, "paconn-ls.vsix");
}

// Bundles the extension into out/extension.js, and its tests into out/test.
import { readdirSync, rmSync } from "node:fs";
import { build } from "esbuild";

const common = { bundle: true, platform: "node", target: "node20", logLevel: "warning" };

if (process.argv.includes("--tests")) {
	rmSync("out/test", { recursive: true, force: true });
	const tests = readdirSync("test/unit").filter((name) => name.endsWith(".test.ts"));
	await build({
		...common,
		entryPoints: tests.map((name) => `test/unit/${name}`),
		outdir: "out/test",
		format: "cjs",
		sourcemap: "inline",
	});
} else {
	await build({
		...common,
		entryPoints: ["src/extension.ts"],
		outfile: "out/extension.js",
		format: "cjs",
		external: ["vscode"],
		minify: true,
	});
}

// What package.json says and what the code does are the same.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const contributes = manifest.contributes;
const commands: { command: string; category: string; title: string; icon?: string }[] = contributes.commands;
const ids = commands.map((c) => c.command).sort();
const sources = readdirSync("src").map((name) => readFileSync(`src/${name}`, "utf8"));

test("every command of the table is in package.json, and the reverse", () => {
	const source = readFileSync("src/commands.ts", "utf8");
	const body = /const table[^{]*\{(.*?)\n\};/s.exec(source)?.[1] ?? "";
	const table = [...body.matchAll(/^\t(\w+)[,:]/gm)].map((m) => `paconnLs.${m[1]}`);
	assert.deepEqual(table.sort(), ids);
});

test("every command has a category, a title and an icon, and its id is its own", () => {
	for (const c of commands) {
		assert.equal(c.category, "Power Connector", c.command);
		assert.match(c.title, /^[A-Z]/, c.command);
		assert.match(c.icon ?? "", /^\$\([a-z-]+\)$/, c.command);
		assert.match(c.command, /^paconnLs\./);
	}
});

test("menus, the walkthrough and the code name commands that there are", () => {
	const menus = Object.values(contributes.menus as Record<string, { command?: string }[]>).flat();
	const text = JSON.stringify([menus, contributes.walkthroughs]) + sources.join("");
	const named = [...text.matchAll(/\bpaconnLs\.([a-z]\w*)/gi)].map((m) => m[0]);
	const others = [
		"paconnLs.connector",
		"paconnLs.folders",
		"paconnLs.hasConnector",
		"paconnLs.reviewed",
		"paconnLs.status",
	];
	assert.ok(named.length > 20);
	assert.deepEqual(
		[...new Set(named)].filter((n) => !ids.includes(n) && !others.includes(n)),
		[],
	);
});

test("the verbs that are used are verbs of the program", () => {
	const program = readFileSync("../../commands/verbs.go", "utf8");
	const verbs = [...program.matchAll(/^\tverb\("(\w+)"/gm)].map((m) => m[1]);
	const body = /interface Verbs \{(.*?)\}/s.exec(sources.join("\n"))?.[1] ?? "";
	const used = [...body.matchAll(/^\t(\w+):/gm)].map((m) => m[1]);
	assert.ok(used.length > 5);
	assert.deepEqual(
		used.filter((v) => !verbs.includes(v)),
		[],
	);
});

test("settings that are read are in package.json", () => {
	const read = [...sources.join("\n").matchAll(/getConfiguration\("paconn"\)\.get\("([\w.]+)"/g)].map(
		(m) => `paconn.${m[1]}`,
	);
	assert.ok(read.length > 1);
	assert.deepEqual(
		read.filter((s) => !contributes.configuration.properties[s]),
		[],
	);
});

test("it starts only where there is a connector, and files that are named are there", () => {
	for (const event of manifest.activationEvents) {
		assert.match(event, /^workspaceContains:/);
	}
	const steps: { media: { markdown: string }; completionEvents: string[] }[] = contributes.walkthroughs[0].steps;
	assert.equal(steps.length, 4);
	for (const event of steps.flatMap((s) => s.completionEvents)) {
		assert.match(event, /^(onCommand|onContext):\w/); // of others VS Code knows nothing, and a step would never be done
	}
	const files = [manifest.icon, contributes.jsonValidation[0].url, ...steps.map((s) => s.media.markdown)];
	assert.deepEqual(
		files.filter((f) => !existsSync(f)),
		[],
	);
});

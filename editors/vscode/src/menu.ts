// The menu behind the item of the status bar.
import * as vscode from "vscode";
import { type Item, pick } from "./input.js";
import type { World } from "./world.js";

// The commands in groups, by the title of each.
const groups: [string, string[]][] = [
	["Account", ["login", "logout"]],
	["Connector", ["update", "dryRun", "validate", "create", "download", "downloadAgain"]],
	["Problems", ["checkWorkspace", "fixAll"]],
	["Language server", ["restart", "showLog"]],
];

export async function menu(w: World): Promise<void> {
	const items = groups.flatMap(([title, names]): Item<string>[] => {
		const entries = names.map((name) => entry(w, name)).filter((i) => i !== undefined);
		const separator = { label: title, kind: vscode.QuickPickItemKind.Separator, value: "" };
		return entries.length > 0 ? [separator, ...entries] : [];
	});
	const { problem } = w.server;
	const restart = items.filter((i) => i.value === "paconnLs.restart");
	const sorted = problem ? [...restart, ...items.filter((i) => !restart.includes(i))] : items;
	const command = await pick({ title: "Power Connector" }, problem?.message ?? "", sorted);
	if (typeof command === "string" && command) {
		await vscode.commands.executeCommand(command);
	}
}

function entry(w: World, name: string): Item<string> | undefined {
	const c = w.manifest.contributes.commands.find((c) => c.command === `paconnLs.${name}`);
	if (!c || (c.enablement?.includes("isWorkspaceTrusted") && !vscode.workspace.isTrusted)) {
		return undefined;
	}
	return { label: `${c.icon ?? ""} ${c.title}`, value: c.command };
}

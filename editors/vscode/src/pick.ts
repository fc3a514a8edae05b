// The lists that a person picks from.
import * as path from "node:path";
import * as vscode from "vscode";
import { quietly } from "./call.js";
import type { Connector } from "./results.js";
import type { World } from "./world.js";

interface Item<T> extends vscode.QuickPickItem {
	value: T;
}

/** Shows a list that is being fetched; undefined when it was closed. */
export async function pick<T>(title: string, items: Item<T>[] | Promise<Item<T>[]>): Promise<T | undefined> {
	const options = { title, ignoreFocusOut: true, matchOnDescription: true, matchOnDetail: true };
	return (await vscode.window.showQuickPick(items, options))?.value;
}

export function pickCloud(w: World): Promise<string | undefined> {
	const items = quietly(w, "list", { what: "clouds" }).then((r) =>
		(r.clouds ?? []).map((c) => ({ label: c.title || c.name, description: c.name, value: c.name })),
	);
	return pick("Sign in to which cloud?", items);
}

/** Asks for one of the environments that there are; the last one used for the folder is the first. */
export function pickEnvironment(w: World, folder: string): Promise<string | undefined> {
	const items = quietly(w, "list", { what: "environments" }).then((r) =>
		environmentItems(
			w,
			folder,
			(r.environments ?? []).map((e) => ({ id: e.name, title: e.title, region: e.region })),
		),
	);
	return pick("Which environment?", items);
}

/** The items of a list of environments. */
export function environmentItems(
	w: World,
	folder: string,
	list: { id: string; title: string; region?: string }[],
): Item<string>[] {
	const last = w.memory.environment(folder)?.id;
	for (const e of list) {
		w.memory.learn(e.id, e.title);
	}
	return list
		.map((e) => ({
			label: e.title,
			description: [e.region, e.id === last && "used last"].filter(Boolean).join(" · "),
			detail: e.id,
			value: e.id,
		}))
		.sort((a, b) => Number(b.value === last) - Number(a.value === last));
}

/** Asks for one of the custom connectors of an environment. */
export async function pickConnector(w: World, environment: string): Promise<Connector | undefined> {
	const items = quietly(w, "list", { what: "connectors", environment }).then((r) => {
		if (!r.connectors?.length) {
			throw new Error(`the environment ${w.memory.title(environment)} holds no custom connector`);
		}
		return r.connectors.map((c) => ({ label: c.title, description: c.author, detail: c.id, value: c }));
	});
	return pick("Which connector?", items);
}

/** Asks for the folder that a new folder is made in. */
export async function pickParent(): Promise<string | undefined> {
	const roots = (vscode.workspace.workspaceFolders ?? []).filter((f) => f.uri.scheme === "file");
	const elsewhere: Item<string> = { label: "$(folder-opened) Another folder…", value: "" };
	const items = roots.map(
		(r): Item<string> => ({ label: `$(root-folder) ${r.name}`, description: r.uri.fsPath, value: r.uri.fsPath }),
	);
	const picked = items.length === 0 ? "" : await pick("Where to?", [...items, elsewhere]);
	if (picked !== "") {
		return picked;
	}
	const chosen = await vscode.window.showOpenDialog({
		canSelectFolders: true,
		canSelectFiles: false,
		openLabel: "Download Here",
	});
	return chosen?.[0]?.fsPath;
}

/** Asks for the name of a new folder. */
export function askName(parent: string, suggestion: string): Thenable<string | undefined> {
	return vscode.window.showInputBox({
		title: "Name of the folder",
		prompt: `In ${parent}`,
		value: suggestion,
		ignoreFocusOut: true,
		validateInput: (name) =>
			name.trim() === "" || path.isAbsolute(name) || name.split(/[\\/]/).includes("..")
				? "A name, or a path inside that folder"
				: undefined,
	});
}

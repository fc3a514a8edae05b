// The lists that a person picks from.
import * as path from "node:path";
import * as vscode from "vscode";
import { quietly } from "./call.js";
import { type Answer, type Ask, type Item, pick, type } from "./input.js";
import type { Connector } from "./results.js";
import { forLabel } from "./words.js";
import type { World } from "./world.js";

export function pickCloud(w: World, ask: Ask): Promise<Answer<string>> {
	return pick(ask, "Which cloud?", async (token) => {
		const { clouds } = await quietly(w, "list", { what: "clouds" }, token);
		return (clouds ?? []).map((c) => ({
			label: forLabel(c.title || c.name),
			description: forLabel(c.name),
			value: c.name,
		}));
	});
}

/** Asks for one of the environments that there are; the last one used for the folder is the first. */
export function pickEnvironment(w: World, ask: Ask, folder: string): Promise<Answer<string>> {
	return pick(ask, "Which environment?", async (token) => {
		const { environments } = await quietly(w, "list", { what: "environments" }, token);
		const list = (environments ?? []).map((e) => ({ id: e.name, title: e.title, region: e.region }));
		return environmentItems(w, folder, list);
	});
}

/** The items of a list of environments. */
export function environmentItems(
	w: World,
	folder: string,
	list: { id: string; title: string; region?: string }[],
): Item<string>[] {
	const last = w.memory.environment(folder)?.id;
	w.memory.learn(list);
	return list
		.map((e) => ({
			label: forLabel(e.title),
			description: forLabel([e.region, e.id === last && "used last"].filter(Boolean).join(" · ")),
			detail: forLabel(e.id),
			value: e.id,
		}))
		.sort((a, b) => Number(b.value === last) - Number(a.value === last));
}

/** Asks for one of the custom connectors of an environment. */
export function pickConnector(w: World, ask: Ask, environment: string): Promise<Answer<Connector>> {
	return pick(ask, "Which connector? Type a part of its name or id", async (token) => {
		const { connectors } = await quietly(w, "list", { what: "connectors", environment }, token);
		if (!connectors?.length) {
			throw new Error(`the environment ${w.memory.title(environment)} holds no custom connector`);
		}
		return connectors.map((c) => ({
			label: forLabel(c.title || c.id),
			description: forLabel(c.author ?? ""),
			detail: forLabel(c.id),
			value: c,
		}));
	});
}

/** Asks for the folder that a new folder is made in. */
export async function pickParent(ask: Ask): Promise<Answer<string>> {
	const roots = (vscode.workspace.workspaceFolders ?? []).filter((f) => f.uri.scheme === "file");
	const elsewhere: Item<string> = { label: "$(folder-opened) Another folder…", value: "" };
	const items = roots.map(
		(r): Item<string> => ({
			label: `$(root-folder) ${forLabel(r.name)}`,
			description: forLabel(r.uri.fsPath),
			value: r.uri.fsPath,
		}),
	);
	const picked = items.length === 0 ? "" : await pick(ask, "Where to?", [...items, elsewhere]);
	if (picked !== "") {
		return picked;
	}
	const chosen = await vscode.window.showOpenDialog({
		title: `${ask.title}: in which folder?`,
		canSelectFolders: true,
		canSelectFiles: false,
		openLabel: "Download Here",
	});
	return chosen?.[0]?.fsPath;
}

/** Asks for the name of a new folder. */
export function askName(ask: Ask, parent: string, suggestion: string): Promise<Answer<string>> {
	return type(ask, {
		prompt: `Name of the folder, in ${forLabel(parent)}`,
		value: suggestion,
		wrong: (name) =>
			name.trim() === "" || path.isAbsolute(name) || name.split(/[\\/]/).includes("..")
				? "A name, or a path inside that folder"
				: "",
	});
}

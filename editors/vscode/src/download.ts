// Downloading a connector: into a new folder, or again into the folder of one.
import * as path from "node:path";
import * as vscode from "vscode";
import { type Args, run } from "./call.js";
import { ready } from "./deploy.js";
import { back, takeSteps } from "./input.js";
import { type Next, tell } from "./message.js";
import { askName, pickConnector, pickEnvironment, pickParent } from "./pick.js";
import type { Connector, DownloadResult } from "./results.js";
import { count } from "./words.js";
import type { World } from "./world.js";

interface Wanted {
	environment: string;
	connector: Connector;
	parent: string;
	name: string;
}

export async function download(w: World): Promise<void> {
	const wanted: Partial<Wanted> = {};
	const keep =
		<K extends keyof Wanted>(name: K) =>
		(answer: Wanted[K] | typeof back | undefined) => {
			if (answer !== undefined && answer !== back) {
				wanted[name] = answer as Wanted[K];
				return true;
			}
			return answer;
		};
	const answered = await takeSteps("New Download", [
		(ask) => pickEnvironment(w, ask, "").then(keep("environment")),
		(ask) => pickConnector(w, ask, wanted.environment ?? "").then(keep("connector")),
		(ask) => pickParent(ask).then(keep("parent")),
		(ask) => askName(ask, wanted.parent ?? "", suggested(wanted.connector)).then(keep("name")),
	]);
	if (!answered) {
		return;
	}
	const { environment, connector, parent, name } = wanted as Wanted;
	const dest = path.join(parent, name);
	const args = { folder: parent, environment, connectorId: connector.id, dest };
	const result = await fetch(w, connector.title || connector.id, args);
	tell(
		w,
		`${connector.title || connector.id} is in ${path.basename(result.folder)}: ${inWords(result)}.`,
		nextSteps(result.folder),
	);
}

/** Downloads a connector again, over its files: what would be lost is asked about. */
export async function downloadAgain(w: World, target?: vscode.Uri): Promise<void> {
	const folder = await ready(w, "Download Again", target);
	if (!folder) {
		return;
	}
	const name = path.basename(folder);
	const result = await fetch(w, name, { folder, dest: folder });
	const same = result.files.every((f) => f.change === "unchanged");
	tell(w, same ? `${name} is here as it is deployed.` : `${name} is downloaded again: ${inWords(result)}.`);
}

async function fetch(w: World, what: string, args: Args): Promise<DownloadResult> {
	const result = await run(w, "download", `Downloading ${what}`, args);
	await w.memory.remember(result.folder, result.environment);
	await w.status.refresh();
	return result;
}

function nextSteps(folder: string): Next {
	const uri = vscode.Uri.file(folder);
	const definition = vscode.Uri.joinPath(uri, "apiDefinition.swagger.json");
	if (vscode.workspace.getWorkspaceFolder(uri)) {
		return {
			"Open Definition": () => vscode.commands.executeCommand("vscode.open", definition),
			"Show Folder": () => vscode.commands.executeCommand("revealInExplorer", uri),
		};
	}
	const end = vscode.workspace.workspaceFolders?.length ?? 0;
	return {
		"Open Folder": () => vscode.commands.executeCommand("vscode.openFolder", uri),
		"Add to Workspace": () => vscode.workspace.updateWorkspaceFolders(end, 0, { uri }),
	};
}

function inWords({ files }: DownloadResult): string {
	const numbers = new Map<string, number>();
	for (const f of files) {
		numbers.set(f.change, (numbers.get(f.change) ?? 0) + 1);
	}
	return [...numbers].map(([change, n]) => `${count(n, "file")} ${change}`).join(", ");
}

// A name for a folder: what a title holds that is fit for one.
function suggested(connector: Connector | undefined): string {
	const name = (connector?.title ?? "")
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, "-")
		.replace(/^-+|-+$/g, "");
	return name || (connector?.id ?? "");
}

// Downloading a connector into a new folder.
import * as path from "node:path";
import * as vscode from "vscode";
import { run, tell } from "./call.js";
import { askName, pickConnector, pickEnvironment, pickParent } from "./pick.js";
import type { World } from "./world.js";

export async function download(w: World): Promise<void> {
	const environment = await pickEnvironment(w, "");
	const connector = environment && (await pickConnector(w, environment));
	const parent = connector && (await pickParent());
	const name = parent && (await askName(parent, folderName(connector.title) || connector.id));
	if (!name) {
		return;
	}
	const dest = path.join(parent, name);
	const args = { folder: parent, environment, connectorId: connector.id, dest };
	const result = await run(w, "download", `Downloading ${connector.title}`, args);
	await w.memory.remember(result.folder, result.environment);
	await w.folders.look();
	await w.status.refresh();
	await tell(
		`${connector.title} is in ${path.basename(result.folder)}: ${inWords(result.files)}.`,
		nextSteps(result.folder),
	);
}

function nextSteps(folder: string): Record<string, () => unknown> {
	const uri = vscode.Uri.file(folder);
	const open = () =>
		vscode.commands.executeCommand("vscode.open", vscode.Uri.joinPath(uri, "apiDefinition.swagger.json"));
	if (vscode.workspace.getWorkspaceFolder(uri)) {
		return { "Open Definition": open, "Show Folder": () => vscode.commands.executeCommand("revealInExplorer", uri) };
	}
	return {
		"Open Folder": () => vscode.commands.executeCommand("vscode.openFolder", uri),
		"Add to Workspace": () =>
			vscode.workspace.updateWorkspaceFolders(vscode.workspace.workspaceFolders?.length ?? 0, 0, { uri }),
	};
}

function inWords(files: { change: string }[]): string {
	const count = new Map<string, number>();
	for (const f of files) {
		count.set(f.change, (count.get(f.change) ?? 0) + 1);
	}
	return [...count].map(([change, n]) => `${n} ${n === 1 ? "file" : "files"} ${change}`).join(", ");
}

/** A name for a folder: what a title holds that is fit for one. */
function folderName(title: string): string {
	return title
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, "-")
		.replace(/^-+|-+$/g, "");
}

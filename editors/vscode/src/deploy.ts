// Creating and updating a connector, and looking at what that would do.
import * as path from "node:path";
import * as vscode from "vscode";
import { run, tell } from "./call.js";
import { pick } from "./pick.js";
import type { DeployResult } from "./results.js";
import { settingsIn } from "./settings.js";
import type { World } from "./world.js";

export async function update(w: World, target?: vscode.Uri): Promise<void> {
	const folder = await ready(w, target);
	if (!folder) {
		return;
	}
	const dry = await run(w, "update", `Comparing ${path.basename(folder)} with what is deployed`, {
		folder,
		dryRun: true,
	});
	const changes = dry.changes?.length ?? 0;
	if (changes === 0) {
		await tell(`${dry.title} is deployed as it is here; nothing was sent.`, {});
		return;
	}
	await w.previews.show(dry);
	const send = "Update";
	const question = `Update ${dry.title} in ${w.memory.title(dry.environment)}? ${count(changes, "change")}.`;
	if ((await vscode.window.showInformationMessage(question, send, "Cancel")) !== send) {
		return;
	}
	const where = { environment: dry.environment, connectorId: dry.connectorId };
	const result = await run(w, "update", `Updating ${dry.title}`, { folder, ...where });
	await done(w, folder, result);
	await tell(`${result.title} is updated.`, { "Show Diff": () => w.previews.show(dry), ...afterwards(result) });
}

export async function create(w: World, target?: vscode.Uri): Promise<void> {
	const folder = await ready(w, target);
	if (!folder) {
		return;
	}
	const result = await run(w, "create", `Creating the connector in ${path.basename(folder)}`, { folder });
	await done(w, folder, result);
	await tell(`${result.title} is created in ${w.memory.title(result.environment)}.`, afterwards(result));
}

export async function dryRun(w: World, target?: vscode.Uri): Promise<void> {
	const folder = await ready(w, target);
	const verb = folder && (await whichVerb(folder));
	if (!verb) {
		return;
	}
	const result = await run(w, verb, `Comparing ${path.basename(folder)} with what is deployed`, {
		folder,
		dryRun: true,
	});
	await w.memory.remember(folder, result.environment);
	const changes = result.changes?.length ?? 0;
	if (verb === "update" && changes === 0) {
		await tell(`${result.title} is deployed as it is here.`, {});
		return;
	}
	await w.previews.show(result);
	const text =
		verb === "update"
			? `${result.title} would change: ${count(changes, "change")}`
			: `${result.title} would be created`;
	await tell(`${text}. Nothing was sent.`, {
		[verb === "update" ? "Update" : "Create"]: () =>
			vscode.commands.executeCommand(`paconnLs.${verb}`, vscode.Uri.file(folder)),
	});
}

// A connector that has been deployed is updated; of any other a person has to say what is meant.
async function whichVerb(folder: string): Promise<"create" | "update" | undefined> {
	if (settingsIn(folder).connectorId) {
		return "update";
	}
	return pick("A dry run of what?", [
		{ label: "$(add) Create", description: "a new connector", value: "create" as const },
		{ label: "$(cloud-upload) Update", description: "a connector that is deployed", value: "update" as const },
	]);
}

/** The folder of the connector that is meant, once all of it is saved. */
export async function ready(w: World, target?: vscode.Uri): Promise<string | undefined> {
	const folder = await w.folders.choose(target);
	if (!folder) {
		return undefined;
	}
	const unsaved = vscode.workspace.textDocuments.filter((d) => d.isDirty && path.dirname(d.uri.fsPath) === folder);
	if (unsaved.length === 0) {
		return folder;
	}
	const save = "Save and Continue";
	const names = unsaved.map((d) => path.basename(d.uri.fsPath)).join(", ");
	const picked = await vscode.window.showWarningMessage(
		`Not saved: ${names}. What is sent is what is on disk.`,
		{ modal: true },
		save,
	);
	if (picked !== save) {
		return undefined;
	}
	const saved = await Promise.all(unsaved.map((d) => d.save()));
	return saved.every(Boolean) ? folder : undefined;
}

async function done(w: World, folder: string, result: DeployResult): Promise<void> {
	await w.memory.remember(folder, result.environment);
	await w.status.refresh();
}

function afterwards(result: DeployResult): Record<string, () => unknown> {
	const steps: Record<string, () => unknown> = {};
	const urls = result.redirectUrls ?? [];
	if (urls.length > 0) {
		steps[urls.length === 1 ? "Copy Redirect URL" : "Copy Redirect URLs"] = () =>
			vscode.env.clipboard.writeText(urls.join("\n"));
	}
	const settings = result.settingsFile;
	if (settings) {
		steps["Open settings.json"] = () => vscode.commands.executeCommand("vscode.open", vscode.Uri.file(settings));
	}
	return steps;
}

function count(n: number, what: string): string {
	return `${n} ${what}${n === 1 ? "" : "s"}`;
}

// Creating and updating a connector, and looking at what that would do.
import * as path from "node:path";
import * as vscode from "vscode";
import { run } from "./call.js";
import { describe } from "./failure.js";
import { pick } from "./input.js";
import { type Next, tell } from "./message.js";
import type { DeployResult } from "./results.js";
import { saved } from "./save.js";
import { settingsIn } from "./settings.js";
import { count } from "./words.js";
import type { World } from "./world.js";

export async function update(w: World, target?: vscode.Uri): Promise<void> {
	const folder = await ready(w, "Update Connector", target);
	if (folder) {
		await review(w, folder, "");
	}
}

/** The folder of the connector that is meant, once all of it is saved. */
export async function ready(w: World, title: string, target?: vscode.Uri): Promise<string | undefined> {
	const folder = await w.folders.choose({ title }, target);
	return folder && (await saved(folder)) ? folder : undefined;
}

// Shows what an update would change, and asks. Why it asks again stands before the question.
async function review(w: World, folder: string, why: string): Promise<void> {
	const dry = await compare(w, "update", folder);
	const changes = dry.changes?.length ?? 0;
	const unknown = dry.unknown?.length ? `what changes of ${dry.unknown.join(", ")} is not known` : "";
	if (changes === 0 && !unknown) {
		tell(w, `${dry.title} is deployed as it is here; nothing was sent.`);
		return;
	}
	const what = [count(changes, "change"), unknown].filter(Boolean).join(", ");
	await w.reviews.ask(dry, {
		folder,
		title: dry.title,
		question: `${why}Update ${dry.title} in ${w.memory.title(dry.environment)}? ${what}.`,
		send: () => send(w, folder, dry),
	});
}

async function compare(w: World, verb: "create" | "update", folder: string): Promise<DeployResult> {
	const title = `Comparing ${path.basename(folder)} with what is deployed`;
	const dry = await run(w, verb, title, { folder, dryRun: true });
	if (dry.environmentTitle) {
		w.memory.learn([{ id: dry.environment, title: dry.environmentTitle }]);
	}
	return dry;
}

// Sends what was looked at: where something is another meanwhile, it is looked at again.
async function send(w: World, folder: string, dry: DeployResult): Promise<void> {
	if (!(await saved(folder))) {
		return;
	}
	const { environment, connectorId, compared } = dry;
	const args = { folder, environment, connectorId, compared };
	try {
		const result = await run(w, "update", `Updating ${dry.title}`, args);
		await done(w, folder, result);
		tell(w, `${result.title} is updated.`, { "Show Diff": () => w.previews.show(dry), ...afterwards(w, result) });
	} catch (e) {
		if (!describe(e).changed) {
			throw e;
		}
		await review(w, folder, "It changed since, and this is how it is now. ");
	}
}

export async function create(w: World, target?: vscode.Uri): Promise<void> {
	const folder = await ready(w, "Create Connector", target);
	if (!folder) {
		return;
	}
	const result = await run(w, "create", `Creating the connector in ${path.basename(folder)}`, { folder });
	await done(w, folder, result);
	tell(w, `${result.title} is created in ${w.memory.title(result.environment)}.`, afterwards(w, result));
}

export async function dryRun(w: World, target?: vscode.Uri): Promise<void> {
	const folder = await ready(w, "Dry Run", target);
	const verb = folder && (await whichVerb(folder));
	if (!verb) {
		return;
	}
	const result = await compare(w, verb, folder);
	await w.memory.remember(folder, result.environment);
	const changes = result.changes?.length ?? 0;
	if (verb === "update" && changes === 0 && !result.unknown?.length) {
		tell(w, `${result.title} is deployed as it is here.`, notes(w, result));
		return;
	}
	await w.previews.show(result, { preview: true });
	const text =
		verb === "update"
			? `${result.title} would change: ${count(changes, "change")}`
			: `${result.title} would be created`;
	tell(w, `${text}. Nothing was sent.`, {
		[verb === "update" ? "Update" : "Create"]: () =>
			vscode.commands.executeCommand(`paconnLs.${verb}`, vscode.Uri.file(folder)),
		...notes(w, result),
	});
}

// A connector that has been deployed is updated; of any other a person has to say what is meant.
async function whichVerb(folder: string): Promise<"create" | "update" | undefined> {
	if (settingsIn(folder).connectorId) {
		return "update";
	}
	const picked = await pick({ title: "Dry Run" }, "Of what?", [
		{ label: "$(add) Create", description: "a new connector", value: "create" as const },
		{ label: "$(cloud-upload) Update", description: "a connector that is deployed", value: "update" as const },
	]);
	return picked === "create" || picked === "update" ? picked : undefined;
}

async function done(w: World, folder: string, result: DeployResult): Promise<void> {
	await w.memory.remember(folder, result.environment);
	await w.status.refresh();
}

function afterwards(w: World, result: DeployResult): Next {
	const steps: Next = {};
	const urls = result.redirectUrls ?? [];
	if (urls.length > 0) {
		steps[urls.length === 1 ? "Copy Redirect URL" : "Copy Redirect URLs"] = () =>
			vscode.env.clipboard.writeText(urls.join("\n"));
	}
	const settings = result.settingsFile;
	if (settings) {
		steps["Open settings.json"] = () => vscode.commands.executeCommand("vscode.open", vscode.Uri.file(settings));
	}
	return { ...steps, ...notes(w, result) };
}

// What the server notes is in the log.
function notes(w: World, { notes }: DeployResult): Next {
	return notes?.length ? { [`Show ${count(notes.length, "Note")}`]: () => w.server.log.show() } : {};
}

// Checking: with the service, the whole workspace, and mending what can be mended safely.
import * as path from "node:path";
import * as vscode from "vscode";
import {
	DocumentDiagnosticReportKind,
	type WorkspaceEdit as Edit,
	TextDocumentEdit,
	WorkspaceDiagnosticRequest,
} from "vscode-languageclient/node";
import { run } from "./call.js";
import { ready } from "./deploy.js";
import { Obstacle } from "./failure.js";
import { found } from "./found.js";
import { tell } from "./message.js";
import { orCancelled, withProgress } from "./progress.js";
import { fixConnector } from "./requests.js";
import { count } from "./words.js";
import type { World } from "./world.js";

const showProblems = { "Show Problems": () => vscode.commands.executeCommand("workbench.actions.view.problems") };

export async function validate(w: World, target?: vscode.Uri): Promise<void> {
	const folder = await ready(w, "Validate with the Service", target);
	if (!folder) {
		return;
	}
	const result = await run(w, "validate", `Having the service validate ${path.basename(folder)}`, { folder });
	const n = result.findings.length;
	if (result.refused) {
		const numbers = [result.code, result.requestId && `request ${result.requestId}`].filter(Boolean).join(", ");
		const said = n > 0 ? count(n, "finding") : (result.text ?? "it does not say why");
		tell(w, `The service refuses the definition: ${said}${numbers && ` (${numbers})`}.`, showProblems);
	} else if (n > 0) {
		tell(w, `The service takes the definition, with ${count(n, "warning")}.`, showProblems);
	} else {
		tell(w, "The service finds nothing wrong with the definition.", {
			Update: () => vscode.commands.executeCommand("paconnLs.update", vscode.Uri.file(folder)),
		});
	}
}

export async function checkWorkspace(w: World): Promise<void> {
	const { folders, severities } = await withProgress("Checking the workspace", (step, token) =>
		orCancelled(token, checked(w, step, token)),
	);
	if (folders.length === 0) {
		tell(w, "There is no connector in this workspace.", {
			"Download Connector": () => vscode.commands.executeCommand("paconnLs.download"),
		});
		return;
	}
	const all = `${count(folders.length, "connector")} checked`;
	if (severities.length === 0) {
		tell(w, `${all}: no problems.`);
		return;
	}
	await vscode.commands.executeCommand("workbench.actions.view.problems");
	tell(w, `${all}: ${found(severities)}.`, showProblems);
}

// Looks through the workspace, and returns its connectors with the severity of each of their problems.
async function checked(
	w: World,
	step: (message: string) => void,
	token: vscode.CancellationToken,
): Promise<{ folders: string[]; severities: number[] }> {
	step("looking for connectors");
	const folders = await w.folders.look(token);
	step(`checking ${count(folders.length, "connector")}`);
	const client = await w.server.running();
	const params = { identifier: "paconn", previousResultIds: [] };
	const { items } = await client.sendRequest(WorkspaceDiagnosticRequest.type, params, token);
	const full = items.flatMap((item) => (item.kind === DocumentDiagnosticReportKind.Full ? item.items : []));
	return { folders, severities: [...full.map((d) => d.severity ?? 1), ...ofJson(folders)] };
}

// The mistakes of plain JSON in files that are open, which VS Code's own server tells of.
function ofJson(folders: string[]): number[] {
	return vscode.languages
		.getDiagnostics()
		.filter(([uri]) => folders.includes(path.dirname(uri.fsPath)))
		.flatMap(([, list]) => list.filter((d) => d.source === "json").map((d) => d.severity + 1));
}

/** Applies every safe fix to the files of a connector. They are left unsaved, so that one can look first, and undo. */
export async function fixAll(w: World, target?: vscode.Uri): Promise<void> {
	const folder = await w.folders.choose({ title: "Fix All" }, target);
	if (!folder) {
		return;
	}
	const name = path.basename(folder);
	const { answer, edit } = await withProgress(`Looking for fixes in ${name}`, async (_, token) => {
		const client = await w.server.running();
		const answer = await orCancelled(token, client.sendRequest(fixConnector, { folder }, token));
		return { answer, edit: await client.protocol2CodeConverter.asWorkspaceEdit(answer.edit, token) };
	});
	if (!edit || edit.size === 0) {
		tell(w, `In ${name} there is nothing that can be mended safely.`);
		return;
	}
	refuseStale(answer.edit);
	if (!(await vscode.workspace.applyEdit(edit))) {
		throw new Error(`the fixes could not be applied to ${name}`);
	}
	const files = edit.entries().map(([uri]) => uri);
	tell(w, `${count(answer.fixes, "problem")} mended in ${count(files.length, "file")} of ${name}, not saved yet.`, {
		Save: () => save(files),
	});
}

// An edit is for the text that the server knew: that of a version, or else the one on disk.
function refuseStale(edit: Edit | undefined): void {
	for (const change of edit?.documentChanges?.filter(TextDocumentEdit.is) ?? []) {
		const { uri, version } = change.textDocument;
		const open = vscode.workspace.textDocuments.find((d) => d.uri.fsPath === vscode.Uri.parse(uri).fsPath);
		if (!open || version === open.version) {
			continue;
		}
		const name = path.basename(open.uri.fsPath);
		if (typeof version === "number") {
			throw new Error(`${name} was edited while fixes were looked for: try again`);
		}
		if (open.isDirty) {
			throw new Obstacle(`${name} has changes that are not saved: save it first.`, []);
		}
	}
}

async function save(files: vscode.Uri[]): Promise<void> {
	const paths = files.map((f) => f.fsPath);
	const documents = vscode.workspace.textDocuments.filter((d) => paths.includes(d.uri.fsPath));
	await Promise.all(documents.map((d) => d.save()));
}

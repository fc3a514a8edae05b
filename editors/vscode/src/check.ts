// Checking: with the service, the whole workspace, and mending what can be mended safely.
import * as path from "node:path";
import * as vscode from "vscode";
import { DocumentDiagnosticReportKind, WorkspaceDiagnosticRequest } from "vscode-languageclient/node";
import { run, tell } from "./call.js";
import { ready } from "./deploy.js";
import type { World } from "./world.js";

const showProblems = { "Show Problems": () => vscode.commands.executeCommand("workbench.actions.view.problems") };

export async function validate(w: World, target?: vscode.Uri): Promise<void> {
	const folder = await ready(w, target);
	if (!folder) {
		return;
	}
	const result = await run(w, "validate", `Having the service validate ${path.basename(folder)}`, { folder });
	const n = result.findings.length;
	if (result.refused) {
		const numbers = [result.code, result.requestId && `request ${result.requestId}`].filter(Boolean).join(", ");
		const said = n > 0 ? `${n} ${n === 1 ? "finding" : "findings"}` : (result.text ?? "it does not say why");
		await tell(`The service refuses the definition: ${said}${numbers && ` (${numbers})`}.`, showProblems);
	} else if (n > 0) {
		await tell(`The service takes the definition, with ${n} ${n === 1 ? "warning" : "warnings"}.`, showProblems);
	} else {
		await tell("The service finds nothing wrong with the definition.", { Update: () => update(folder) });
	}
}

function update(folder: string): Thenable<unknown> {
	return vscode.commands.executeCommand("paconnLs.update", vscode.Uri.file(folder));
}

export async function checkWorkspace(w: World): Promise<void> {
	await w.folders.look();
	const params = { identifier: "paconn", previousResultIds: [] };
	const report = await (await w.server.running()).sendRequest(WorkspaceDiagnosticRequest.type, params);
	const counts = [0, 0, 0, 0, 0];
	for (const item of report.items) {
		for (const d of item.kind === DocumentDiagnosticReportKind.Full ? item.items : []) {
			counts[d.severity ?? 1] = (counts[d.severity ?? 1] ?? 0) + 1;
		}
	}
	const found = ["", "error", "warning", "information", "hint"]
		.map((what, severity) => [counts[severity] ?? 0, what] as const)
		.filter(([n, what]) => n > 0 && what !== "")
		.map(([n, what]) => `${n} ${what}${n === 1 || what === "information" ? "" : "s"}`);
	const folders = w.folders.all().length;
	const checked = `${folders} ${folders === 1 ? "connector" : "connectors"} checked`;
	if (found.length > 0) {
		await vscode.commands.executeCommand("workbench.actions.view.problems");
	}
	await tell(`${checked}: ${found.join(", ") || "no problems"}.`, found.length > 0 ? showProblems : {});
}

const kind = vscode.CodeActionKind.Source.append("fixAll").append("paconn");

/** Applies every safe fix to the files of a connector. They are left unsaved, so that one can look first, and undo. */
export async function fixAll(w: World, target?: vscode.Uri): Promise<void> {
	const folder = await w.folders.choose(target);
	if (!folder) {
		return;
	}
	await w.server.running();
	let fixed = 0;
	for (const file of await vscode.workspace.findFiles(new vscode.RelativePattern(folder, "*.json"))) {
		fixed += await fixFile(file);
	}
	await tell(
		fixed > 0
			? `${fixed} ${fixed === 1 ? "file" : "files"} mended, and not saved yet.`
			: "There is nothing that can be mended safely.",
		{
			...(fixed > 0 ? { "Save All": () => vscode.workspace.saveAll(false) } : {}),
		},
	);
}

async function fixFile(uri: vscode.Uri): Promise<number> {
	const document = await vscode.workspace.openTextDocument(uri);
	const all = new vscode.Range(0, 0, document.lineCount, 0);
	const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
		"vscode.executeCodeActionProvider",
		uri,
		all,
		kind.value,
	);
	const edit = actions?.find((a) => a.kind && kind.contains(a.kind))?.edit;
	return edit && (await vscode.workspace.applyEdit(edit)) ? 1 : 0;
}

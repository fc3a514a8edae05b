// What is sent is what is on disk.
import * as path from "node:path";
import * as vscode from "vscode";
import { forMessage } from "./words.js";

/** Has the files of a folder saved, if they may be; reports whether all of them are. */
export async function saved(folder: string): Promise<boolean> {
	const within = (d: vscode.TextDocument) => d.uri.scheme === "file" && path.dirname(d.uri.fsPath) === folder;
	const unsaved = vscode.workspace.textDocuments.filter((d) => d.isDirty && within(d));
	if (unsaved.length === 0) {
		return true;
	}
	const save = "Save and Continue";
	const names = unsaved.map((d) => path.basename(d.uri.fsPath)).join(", ");
	const question = forMessage(`Not saved: ${names}. What is sent is what is on disk.`);
	if ((await vscode.window.showWarningMessage(question, { modal: true }, save)) !== save) {
		return false;
	}
	const done = await Promise.all(unsaved.map((d) => d.save()));
	if (!done.every(Boolean)) {
		throw new Error(
			`not everything could be saved: ${unsaved
				.filter((d) => d.isDirty)
				.map((d) => path.basename(d.uri.fsPath))
				.join(", ")}`,
		);
	}
	return true;
}

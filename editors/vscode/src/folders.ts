// The folders of connectors in the workspace, for menus and for whoever has to choose one.
import * as path from "node:path";
import * as vscode from "vscode";
import { marks } from "./files.js";

export class Folders implements vscode.Disposable {
	private found = new Map<string, vscode.Uri>();
	private readonly watcher = vscode.workspace.createFileSystemWatcher(marks, false, true, false);

	constructor() {
		this.watcher.onDidCreate(() => this.look());
		this.watcher.onDidDelete(() => this.look());
	}

	/** Looks for connectors, and tells the menus of them. */
	async look(): Promise<void> {
		const files = await vscode.workspace.findFiles(marks, "**/node_modules/**");
		this.found = new Map(files.map((f) => [path.dirname(f.fsPath), vscode.Uri.joinPath(f, "..")]));
		const known = [...this.found].flatMap(([folder, uri]) => [folder, uri.path]);
		await vscode.commands.executeCommand("setContext", "paconnLs.folders", [...new Set(known)]);
	}

	/** The paths of all. */
	all(): string[] {
		return [...this.found.keys()].sort();
	}

	/** The folder of the connector that a file or folder belongs to. */
	of(uri: vscode.Uri | undefined): string | undefined {
		if (uri?.scheme !== "file") {
			return undefined;
		}
		return [uri.fsPath, path.dirname(uri.fsPath)].find((p) => this.found.has(p));
	}

	/** The connector that a command is for: what it was called on, what is being edited, the only one, or a chosen one. */
	async choose(target: vscode.Uri | undefined): Promise<string | undefined> {
		const known = this.of(target) ?? this.of(vscode.window.activeTextEditor?.document.uri);
		if (known) {
			return known;
		}
		await this.look();
		const all = this.all();
		if (all.length === 0) {
			throw new Error("there is no connector in this workspace: open the folder of one, or download one");
		}
		if (all.length === 1) {
			return all[0];
		}
		const items = all.map((folder) => ({
			label: path.basename(folder),
			description: vscode.workspace.asRelativePath(folder),
			folder,
		}));
		const options = { title: "Which connector?", placeHolder: "Folder of the connector", matchOnDescription: true };
		return (await vscode.window.showQuickPick(items, options))?.folder;
	}

	dispose(): void {
		this.watcher.dispose();
	}
}

// What is deployed beside what would be sent, in a diff editor.
import * as vscode from "vscode";
import type { DeployResult } from "./results.js";
import { forLabel } from "./words.js";

/** The scheme of what is shown; package.json has a menu for it. */
export const scheme = "paconn-preview";

export class Previews implements vscode.TextDocumentContentProvider, vscode.Disposable {
	private readonly texts = new Map<string, string>();
	private shown = 0;
	private readonly registrations = [
		vscode.workspace.registerTextDocumentContentProvider(scheme, this),
		vscode.workspace.onDidCloseTextDocument((d) => d.uri.scheme === scheme && this.texts.delete(d.uri.path)),
	];

	provideTextDocumentContent(uri: vscode.Uri): string {
		return this.texts.get(uri.path) ?? "This comparison is over: a dry run makes a new one.\n";
	}

	/** Shows what a dry run tells, and returns where what would be sent is shown. */
	async show(dry: DeployResult, options: vscode.TextDocumentShowOptions = {}): Promise<vscode.Uri> {
		this.shown++;
		const before = this.keep("deployed", dry.before ?? "");
		const after = this.keep("here", dry.after ?? "");
		const title = `${forLabel(dry.title)}: ${dry.before ? "deployed ↔ here" : "what would be created"}`;
		await vscode.commands.executeCommand("vscode.diff", before, after, title, options);
		return after;
	}

	private keep(side: string, text: string): vscode.Uri {
		const path = `/${this.shown}/${side}.json`;
		this.texts.set(path, text);
		return vscode.Uri.from({ scheme, path });
	}

	dispose(): void {
		vscode.Disposable.from(...this.registrations).dispose();
		this.texts.clear();
	}
}

/** The tabs that show what would be sent. */
export function tabsOf(after: vscode.Uri): vscode.Tab[] {
	const shows = (tab: vscode.Tab) =>
		tab.input instanceof vscode.TabInputTextDiff && tab.input.modified.toString() === after.toString();
	return vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(shows);
}

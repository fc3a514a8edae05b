// What is deployed beside what would be sent, in a diff editor.
import * as vscode from "vscode";
import type { DeployResult } from "./results.js";

const scheme = "paconn-preview";
const most = 20;

export class Previews implements vscode.TextDocumentContentProvider, vscode.Disposable {
	private readonly texts = new Map<string, string>();
	private shown = 0;
	private readonly registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

	provideTextDocumentContent(uri: vscode.Uri): string {
		return this.texts.get(uri.path) ?? "";
	}

	/** Shows what a dry run tells. */
	async show(dry: DeployResult): Promise<void> {
		this.shown++;
		const before = this.keep("deployed", dry.before ?? "");
		const after = this.keep("here", dry.after ?? "");
		const title = `${dry.title}: ${dry.before ? "deployed ↔ here" : "what would be created"}`;
		await vscode.commands.executeCommand("vscode.diff", before, after, title, { preview: true });
	}

	private keep(side: string, text: string): vscode.Uri {
		const path = `/${this.shown}/${side}.json`;
		this.texts.set(path, text);
		for (const old of [...this.texts.keys()].slice(0, -most)) {
			this.texts.delete(old);
		}
		return vscode.Uri.from({ scheme, path });
	}

	dispose(): void {
		this.registration.dispose();
	}
}

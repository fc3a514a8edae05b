// The folders of connectors that the server knows, for menus and for whoever has to choose one.
import * as path from "node:path";
import * as vscode from "vscode";
import type { Server } from "./client.js";
import { Obstacle } from "./failure.js";
import { type Ask, pick } from "./input.js";
import { connectors } from "./requests.js";
import { forLabel } from "./words.js";

export class Folders implements vscode.Disposable {
	private found = new Set<string>();
	private readonly changed = new vscode.EventEmitter<void>();

	/** Tells when connectors come and go. */
	readonly onChange = this.changed.event;

	constructor(private readonly server: Server) {}

	/** Takes the list of the server, and tells the menus. */
	are(folders: string[]): void {
		this.found = new Set(folders.map((f) => vscode.Uri.file(f).fsPath));
		const known = folders.flatMap((f) => [vscode.Uri.file(f).fsPath, vscode.Uri.file(f).path]);
		void vscode.commands.executeCommand("setContext", "paconnLs.folders", [...new Set(known)]);
		void vscode.commands.executeCommand("setContext", "paconnLs.hasConnector", folders.length > 0);
		this.changed.fire();
	}

	/** Has the server look through the workspace, and returns the folders of all connectors. */
	async look(token?: vscode.CancellationToken): Promise<string[]> {
		const client = await this.server.running();
		const { folders } = await client.sendRequest(connectors, {}, token);
		this.are(folders);
		return [...this.found];
	}

	/** The folder of the connector that a file or folder belongs to. */
	of(uri: vscode.Uri | undefined): string | undefined {
		if (uri?.scheme !== "file") {
			return undefined;
		}
		return [uri.fsPath, path.dirname(uri.fsPath)].find((p) => this.found.has(p));
	}

	/** The connector that a command is for: what it was called on, what is being edited, the only one, or a chosen one. */
	async choose(ask: Ask, target: vscode.Uri | undefined): Promise<string | undefined> {
		const inHand = () => this.of(target ?? vscode.window.activeTextEditor?.document.uri);
		const known = inHand();
		if (known) {
			return known;
		}
		const all = await this.look();
		const found = inHand();
		if (found || !target) {
			return found ?? (all.length > 1 ? pickFolder(ask, all) : (all[0] ?? none()));
		}
		throw new Obstacle(`${path.basename(target.fsPath)} is not of a connector, or not any more.`, []);
	}

	dispose(): void {
		this.changed.dispose();
	}
}

async function pickFolder(ask: Ask, all: string[]): Promise<string | undefined> {
	const items = all.map((folder) => ({
		label: forLabel(path.basename(folder)),
		description: forLabel(vscode.workspace.asRelativePath(folder)),
		value: folder,
	}));
	const picked = await pick(ask, "Which connector?", items);
	return typeof picked === "string" ? picked : undefined;
}

function none(): never {
	const where = vscode.workspace.workspaceFolders?.length
		? "There is no connector in this workspace"
		: "No folder is open";
	throw new Obstacle(`${where}: open the folder of a connector, or download one.`, ["openFolder", "download"]);
}

// The item of the status bar: the server, who is signed in, and the environment of the connector at hand.

import * as path from "node:path";
import * as vscode from "vscode";
import { quietly } from "./call.js";
import type { Condition } from "./client.js";
import type { Account } from "./results.js";
import { settingsIn } from "./settings.js";
import { forLabel, shortEnvironment } from "./words.js";
import type { World } from "./world.js";

export class Status implements vscode.Disposable {
	private readonly item = vscode.window.createStatusBarItem("paconnLs.status", vscode.StatusBarAlignment.Left, 10);
	private accounts: Account[] = [];
	private follows: vscode.Disposable[] = [];

	constructor(private readonly world: () => World) {
		this.item.name = "Power Connector";
		this.item.command = "paconnLs.menu";
	}

	/** Shows the item, and keeps it up to date. */
	begin(): void {
		const { server, folders } = this.world();
		const draw = () => this.draw();
		this.follows = [
			server.onChange(() => void this.refresh()),
			folders.onChange(draw),
			vscode.window.onDidChangeActiveTextEditor(draw),
			vscode.window.onDidChangeWindowState((s) => s.focused && void this.refresh()),
			vscode.workspace.onDidSaveTextDocument(draw),
			vscode.workspace.onDidChangeConfiguration((e) => e.affectsConfiguration("paconn") && draw()),
		];
		draw();
		this.item.show();
	}

	/** Asks the server who is signed in, and shows it. */
	async refresh(): Promise<void> {
		this.draw();
		if (this.world().server.condition === "running") {
			const status = await quietly(this.world(), "status").catch(() => undefined);
			this.accounts = status?.accounts ?? [];
			this.draw();
		}
	}

	/** Shows what is known. */
	draw(): void {
		const { server } = this.world();
		const { condition, problem } = server;
		const words = [this.who(), this.environment(short)].filter(Boolean).join(" · ");
		this.item.text = `${icons[condition]} ${forLabel(words)}`;
		this.item.backgroundColor = problem && new vscode.ThemeColor("statusBarItem.errorBackground");
		this.item.tooltip = this.tooltip();
		this.item.accessibilityInformation = {
			label: `Power Connector: ${words}, language server ${condition}`,
			role: "button",
		};
	}

	private who(): string {
		const [account] = this.accounts;
		if (!account) {
			return "Power Connector";
		}
		return account.cloud === "public" ? account.user : `${account.user} (${account.cloud})`;
	}

	private tooltip(): string {
		const { server } = this.world();
		const folder = this.folder();
		const environment = this.environment((id, title) => (title && title !== id ? `${title}, ${id}` : id));
		return [
			`Language server: ${server.problem?.message ?? [server.condition, server.version].filter(Boolean).join(", ")}`,
			...this.accounts.map((a) => `Signed in: ${a.user}, ${a.cloud} cloud, ${a.tenant}`),
			this.accounts.length === 0 && server.condition === "running" ? "Nobody is signed in" : "",
			folder ? `Connector: ${path.basename(folder)}` : "",
			environment ? `Environment: ${environment}` : "",
			"Click for a menu",
		]
			.filter(Boolean)
			.join("\n");
	}

	private folder(): string | undefined {
		return this.world().folders.of(vscode.window.activeTextEditor?.document.uri);
	}

	// The environment of the connector at hand, as settings name it, else the one that was used last.
	private environment(write: (id: string, title: string | undefined) => string): string {
		const { memory } = this.world();
		const folder = this.folder();
		if (!folder) {
			return "";
		}
		const named = settingsIn(folder).environment || vscode.workspace.getConfiguration("paconn").get("environment", "");
		const id = named || memory.of(folder)?.id;
		return id ? write(id, memory.title(id)) : "";
	}

	dispose(): void {
		vscode.Disposable.from(this.item, ...this.follows).dispose();
	}
}

const short = shortEnvironment;

const icons: Record<Condition, string> = {
	running: "$(plug)",
	starting: "$(sync~spin)",
	failed: "$(error)",
	stopped: "$(circle-slash)",
};

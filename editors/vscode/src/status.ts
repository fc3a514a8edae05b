// The item of the status bar: the server, who is signed in, and the environment of the connector at hand.

import * as vscode from "vscode";
import { State } from "vscode-languageclient/node";
import { quietly } from "./call.js";
import { pick } from "./pick.js";
import type { Account } from "./results.js";
import { settingsIn } from "./settings.js";
import type { World } from "./world.js";

export class Status implements vscode.Disposable {
	private readonly item = vscode.window.createStatusBarItem("paconnLs.status", vscode.StatusBarAlignment.Left, 10);
	private account: Account | undefined;
	private readonly follows: vscode.Disposable[];

	constructor(private readonly world: () => World) {
		this.item.name = "Power Connector";
		this.item.command = "paconnLs.menu";
		this.item.show();
		this.follows = [
			vscode.window.onDidChangeActiveTextEditor(() => this.draw()),
			vscode.window.onDidChangeWindowState((s) => s.focused && void this.refresh()),
		];
	}

	/** Asks the server who is signed in, and shows it. */
	async refresh(): Promise<void> {
		if (this.world().server.state === State.Running) {
			const status = await quietly(this.world(), "status").catch(() => undefined);
			this.account = status?.accounts[0];
		}
		this.draw();
	}

	/** Shows what is known. */
	draw(): void {
		const { server } = this.world();
		const environment = this.environment();
		const words = [this.account?.user ?? "Power Connector", environment && short(environment)]
			.filter(Boolean)
			.join(" · ");
		this.item.text = `${icons[server.state]} ${words}`;
		this.item.backgroundColor = server.problem ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
		this.item.tooltip = [
			`Language server: ${server.problem || names[server.state]}`,
			this.account ? `Signed in: ${this.account.user}, ${this.account.cloud} cloud` : "Nobody is signed in",
			environment ? `Environment: ${environment}` : "",
		]
			.filter(Boolean)
			.join("\n");
		this.item.accessibilityInformation = { label: `Power Connector: ${words}, language server ${names[server.state]}` };
	}

	private environment(): string | undefined {
		const { folders, memory } = this.world();
		const folder = folders.of(vscode.window.activeTextEditor?.document.uri);
		if (!folder) {
			return undefined;
		}
		const named = settingsIn(folder).environment ?? vscode.workspace.getConfiguration("paconn").get("environment", "");
		return named ? memory.title(named) : memory.environment(folder)?.title;
	}

	dispose(): void {
		vscode.Disposable.from(this.item, ...this.follows).dispose();
	}
}

// An id is long; the tooltip has all of it.
function short(name: string): string {
	return name.length > 30 ? `${name.slice(0, 20)}…` : name;
}

const icons = {
	[State.Running]: "$(plug)",
	[State.Starting]: "$(sync~spin)",
	[State.StartFailed]: "$(error)",
	[State.Stopped]: "$(error)",
};
const names = {
	[State.Running]: "running",
	[State.Starting]: "starting",
	[State.StartFailed]: "stopped",
	[State.Stopped]: "stopped",
};

/** The menu of the item. */
export async function menu(w: World): Promise<void> {
	const commands: { command: string; title: string; icon?: string }[] =
		w.context.extension.packageJSON.contributes.commands;
	const items = commands
		.filter((c) => c.command !== "paconnLs.menu")
		.map((c) => ({ label: `${c.icon ?? ""} ${c.title}`, value: c.command }));
	const command = await pick("Power Connector", items);
	if (command) {
		await vscode.commands.executeCommand(command);
	}
}

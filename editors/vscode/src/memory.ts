// What is remembered: the environment that was last used for each folder, and what environments are called.
import type * as vscode from "vscode";

export interface Remembered {
	id: string;
	title: string;
}

const used = "environments";
const called = "environmentTitles";

// Environments come and go: so many titles are kept.
const most = 200;

export class Memory {
	/** What belongs to folders is kept with the workspace, what environments are called for all of them. */
	constructor(
		private readonly workspace: vscode.Memento,
		private readonly everywhere: vscode.Memento,
	) {}

	/** Learns what environments are called. */
	learn(list: Remembered[]): void {
		const before = Object.entries(this.everywhere.get<Record<string, string>>(called, {}));
		const now = list.map((e): [string, string] => [e.id, e.title]);
		const rest = before.filter(([id]) => !list.some((e) => e.id === id));
		const all = Object.fromEntries([...now, ...rest].slice(0, most));
		this.everywhere.update(called, all).then(undefined, () => undefined); // only names: an id does as well
	}

	/** The environment that was last used for a folder, or for any. */
	environment(folder: string): Remembered | undefined {
		return this.of(folder) ?? this.of("");
	}

	/** The environment that was last used for a folder. */
	of(folder: string): Remembered | undefined {
		return this.workspace.get<Record<string, Remembered>>(used, {})[folder];
	}

	/** What an environment is called, as far as that is known; else its id. */
	title(id: string): string {
		return this.everywhere.get<Record<string, string>>(called, {})[id] ?? id;
	}

	async remember(folder: string, id: string): Promise<void> {
		const all = this.workspace.get<Record<string, Remembered>>(used, {});
		const now = { id, title: this.title(id) };
		await this.workspace.update(used, { ...all, [folder]: now, "": now });
	}
}

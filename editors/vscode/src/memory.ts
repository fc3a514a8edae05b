// What is remembered: the environment that was last used for each folder.
import type * as vscode from "vscode";

export interface Remembered {
	id: string;
	title: string;
}

const key = "environments";

export class Memory {
	private readonly titles = new Map<string, string>();
	/** The folder of the verb that began last: what the server asks is about it. */
	folderInHand = "";

	constructor(private readonly state: vscode.Memento) {}

	/** Learns what an environment is called. */
	learn(id: string, title: string): void {
		this.titles.set(id, title);
	}

	/** The environment that was last used for a folder, or for any. */
	environment(folder: string): Remembered | undefined {
		const all = this.state.get<Record<string, Remembered>>(key, {});
		return all[folder] ?? all[""];
	}

	/** What an environment is called, as far as that is known; else its id. */
	title(id: string): string {
		const known = Object.values(this.state.get<Record<string, Remembered>>(key, {})).find((e) => e.id === id);
		return this.titles.get(id) ?? known?.title ?? id;
	}

	async remember(folder: string, id: string): Promise<void> {
		const all = this.state.get<Record<string, Remembered>>(key, {});
		const used = { id, title: this.title(id) };
		await this.state.update(key, { ...all, [folder]: used, "": used });
	}
}

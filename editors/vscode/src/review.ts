// The question before an update. It stays until it is answered: in a list, and when that is closed, as two buttons of the
// diff. To close the diff is a No.
import * as vscode from "vscode";
import { Obstacle } from "./failure.js";
import { murmur } from "./message.js";
import { type Previews, scheme, tabsOf } from "./preview.js";
import type { DeployResult } from "./results.js";
import { forLabel } from "./words.js";

export interface Review {
	folder: string;
	title: string;
	question: string;
	/** Sends what was looked at. */
	send: () => Promise<void>;
}

interface Open extends Review {
	after: vscode.Uri;
	box?: vscode.QuickPick<vscode.QuickPickItem>;
}

const update = "$(cloud-upload) Update";
const cancel = "$(close) Cancel";

export class Reviews implements vscode.Disposable {
	private readonly open = new Map<string, Open>();
	private readonly tabs = vscode.window.tabGroups.onDidChangeTabs((e) => this.dropClosed(e.closed));

	constructor(private readonly previews: Previews) {}

	/** Shows what would change, and asks. A question about the same connector that is still open is dropped. */
	async ask(dry: DeployResult, review: Review): Promise<void> {
		for (const other of [...this.open.values()].filter((o) => o.folder === review.folder)) {
			this.end(other);
		}
		const after = await this.previews.show(dry, { preview: false });
		const open: Open = { ...review, after };
		this.open.set(after.toString(), open);
		await this.tellMenus();
		this.prompt(open);
	}

	/** Answers the question of a diff; without one, of the diff that is seen. */
	async decide(uri: vscode.Uri | undefined, yes: boolean): Promise<void> {
		const review = uri?.scheme === scheme ? this.open.get(uri.toString()) : this.seen();
		if (!review) {
			return;
		}
		this.end(review);
		await (yes ? review.send() : murmur(`${review.title} is not updated; nothing was sent.`));
	}

	private seen(): Open | undefined {
		const tab = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
		const shown = tab instanceof vscode.TabInputTextDiff ? this.open.get(tab.modified.toString()) : undefined;
		if (!shown && this.open.size > 1) {
			throw new Obstacle("Several updates wait for an answer: open the diff of the one that is meant.", []);
		}
		return shown ?? [...this.open.values()].pop();
	}

	private prompt(open: Open): void {
		const box = vscode.window.createQuickPick();
		open.box = box;
		box.title = forLabel(open.question);
		box.placeholder = "Choose one; Escape leaves the question to the two buttons above the diff";
		box.items = [{ label: update }, { label: cancel }];
		box.ignoreFocusOut = true;
		box.onDidAccept(() => {
			const [chosen] = box.activeItems;
			if (chosen) {
				const command = chosen.label === update ? "paconnLs.sendUpdate" : "paconnLs.dropUpdate";
				void vscode.commands.executeCommand(command, open.after);
			}
		});
		box.onDidHide(() => {
			box.dispose();
			open.box = undefined;
			if (this.open.get(open.after.toString()) === open) {
				murmur(`Update ${open.title}? The buttons above the diff answer that.`);
			}
		});
		box.show();
		box.activeItems = []; // it comes after a while: the Enter of whoever types on must not answer it
	}

	// A tab that moves to another group is closed in one and opened in the other.
	private dropClosed(closed: readonly vscode.Tab[]): void {
		for (const tab of closed) {
			const after = tab.input instanceof vscode.TabInputTextDiff ? tab.input.modified : undefined;
			if (after?.scheme === scheme && this.open.has(after.toString()) && tabsOf(after).length === 0) {
				void this.decide(after, false);
			}
		}
	}

	private end(review: Open): void {
		this.open.delete(review.after.toString());
		review.box?.hide();
		void this.tellMenus();
		const tabs = tabsOf(review.after);
		if (tabs.length > 0) {
			vscode.window.tabGroups.close(tabs).then(undefined, () => undefined); // it may be closed by now
		}
	}

	private tellMenus(): Thenable<unknown> {
		const paths = [...this.open.values()].map((o) => o.after.path);
		return vscode.commands.executeCommand("setContext", "paconnLs.reviewed", paths.length > 0 ? paths : undefined);
	}

	dispose(): void {
		this.tabs.dispose();
		for (const review of this.open.values()) {
			review.box?.dispose();
		}
		this.open.clear();
	}
}

// The code of a sign-in, which stays in sight until it is over.
import * as vscode from "vscode";
import { murmur } from "./message.js";
import { openPage } from "./page.js";
import { forLabel } from "./words.js";

export interface DeviceCode {
	message: string;
	code: string;
	url: string;
}

const open = "$(link-external) Copy the code and open the page";
const copy = "$(copy) Copy the code";
const cancel = "$(close) Cancel";

export class DeviceCodes implements vscode.Disposable {
	private box: vscode.QuickPick<vscode.QuickPickItem> | undefined;

	constructor(private readonly failed: (e: unknown) => void) {}

	/** Shows a code until the sign-in is over, and tells whether the person ended it: nobody can enter a code out of sight. */
	show(code: DeviceCode, token: vscode.CancellationToken): Promise<boolean> {
		this.close();
		const box = vscode.window.createQuickPick();
		this.box = box;
		const words = { code: forLabel(code.code), url: forLabel(code.url) };
		box.title = `To sign in, enter the code ${words.code} at ${words.url}`;
		box.placeholder = `The code is ${words.code}`;
		box.items = [{ label: open, description: words.url }, { label: copy, description: words.code }, { label: cancel }];
		box.ignoreFocusOut = true;
		return new Promise((resolve) => {
			const withdrawn = token.onCancellationRequested(() => this.close());
			box.onDidAccept(() => {
				const label = box.activeItems[0]?.label;
				if (label === cancel) {
					box.hide();
				} else {
					this.copy(code, label === open).catch(this.failed);
				}
			});
			box.onDidHide(() => {
				const ended = this.box === box;
				if (ended) {
					murmur("The sign-in is ended.");
				}
				resolve(ended);
				withdrawn.dispose();
				box.dispose();
			});
			box.show();
		});
	}

	private async copy(code: DeviceCode, opens: boolean): Promise<void> {
		await vscode.env.clipboard.writeText(code.code);
		if (opens) {
			await openPage(code.url);
		}
	}

	/** Closes what is shown: the sign-in is over. */
	close(): void {
		const { box } = this;
		this.box = undefined;
		box?.hide();
	}

	dispose(): void {
		this.close();
	}
}

// The code of a sign-in, which stays in sight until it is over.
import * as vscode from "vscode";

export interface DeviceCode {
	message: string;
	code: string;
	url: string;
}

const open = "$(link-external) Copy the code and open the page";
const copy = "$(copy) Copy the code";
const cancel = "$(close) Cancel";

export class DeviceCodes {
	private box: vscode.QuickPick<vscode.QuickPickItem> | undefined;

	/** Shows a code until it is closed, and tells whether the sign-in is to be cancelled. */
	show(code: DeviceCode): Promise<boolean> {
		this.close();
		const box = vscode.window.createQuickPick();
		this.box = box;
		box.title = `To sign in, enter the code ${code.code} at ${code.url}`;
		box.placeholder = `The code is ${code.code}`;
		box.items = [{ label: open, description: code.url }, { label: copy, description: code.code }, { label: cancel }];
		box.ignoreFocusOut = true;
		box.show();
		return new Promise((resolve) => {
			box.onDidAccept(async () => {
				const label = box.activeItems[0]?.label;
				if (label === cancel) {
					resolve(true);
					box.hide();
					return;
				}
				await vscode.env.clipboard.writeText(code.code);
				if (label === open) {
					await vscode.env.openExternal(vscode.Uri.parse(code.url));
				}
			});
			box.onDidHide(() => {
				resolve(false);
				box.dispose();
			});
		});
	}

	/** Closes what is shown: the sign-in is over. */
	close(): void {
		this.box?.hide();
		this.box = undefined;
	}
}

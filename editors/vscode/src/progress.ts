// Showing that something is under way. A message that comes and goes at once would keep the one about the end from being
// seen, since VS Code shows but a few within a second: what is quick shows in the status bar only.
import * as vscode from "vscode";
import { forLabel } from "./words.js";

/** How long something may take before it gets a message, with a button to cancel it. */
const quick = 800;

export type Work<T> = (step: (message: string) => void, token: vscode.CancellationToken) => Promise<T>;

export async function withProgress<T>(title: string, work: Work<T>): Promise<T> {
	const cancel = new vscode.CancellationTokenSource();
	const shown = new Shown(title, cancel);
	try {
		return await work((message) => shown.step(message), cancel.token);
	} finally {
		shown.end();
		cancel.dispose();
	}
}

/** Waits for something, but no longer than until it is cancelled: for what changes nothing, and whose answer need not be known. */
export function orCancelled<T>(token: vscode.CancellationToken, work: Promise<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		const listening = token.onCancellationRequested(() => reject(new vscode.CancellationError()));
		work.then(resolve, reject).finally(() => listening.dispose());
	});
}

type Place = vscode.Progress<{ message?: string }>;

class Shown {
	private place: Place | undefined;
	private message = "";
	private leave: () => void = () => undefined;
	private readonly timer = setTimeout(() => this.show(vscode.ProgressLocation.Notification), quick);

	constructor(
		private readonly title: string,
		private readonly cancel: vscode.CancellationTokenSource,
	) {
		this.show(vscode.ProgressLocation.Window);
	}

	step(message: string): void {
		this.message = forLabel(message);
		this.place?.report({ message: this.message });
	}

	end(): void {
		clearTimeout(this.timer);
		this.leave();
	}

	// Shows it in a place, in which it was not before.
	private show(location: vscode.ProgressLocation): void {
		this.leave();
		const over = new Promise<void>((resolve) => {
			this.leave = resolve;
		});
		const options = {
			location,
			title: forLabel(this.title),
			cancellable: location === vscode.ProgressLocation.Notification,
		};
		void vscode.window.withProgress(options, (place, token) => {
			token.onCancellationRequested(() => this.cancel.cancel());
			this.place = place;
			if (this.message) {
				place.report({ message: this.message });
			}
			return over;
		});
	}
}

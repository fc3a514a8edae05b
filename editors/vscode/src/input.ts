// Lists to pick from and boxes to type into. They stay until they are answered or closed, and each says which step it is.
import * as vscode from "vscode";

/** The answer of whoever wants to change the one before. */
export const back = Symbol("back");

export type Answer<T> = T | typeof back | undefined;

/** What a question has beside what it asks for. */
export interface Ask {
	title: string;
	step?: number;
	totalSteps?: number;
	/** Closes the question. */
	token?: vscode.CancellationToken;
}

export interface Item<T> extends vscode.QuickPickItem {
	value: T;
}

/** The items of a list, or how to fetch them. */
export type Items<T> = Item<T>[] | ((token: vscode.CancellationToken) => Promise<Item<T>[]>);

/** Has one of a list picked; undefined when it was closed. */
export function pick<T>(ask: Ask, placeholder: string, items: Items<T>): Promise<Answer<T>> {
	const box = vscode.window.createQuickPick<Item<T>>();
	box.placeholder = placeholder;
	box.matchOnDescription = true;
	box.matchOnDetail = true;
	return shown(box, ask, (answer, fail, token) => {
		box.onDidAccept(() => {
			const [picked] = box.selectedItems;
			if (picked) {
				answer(picked.value);
			}
		});
		if (Array.isArray(items)) {
			box.items = items;
			return;
		}
		box.busy = true;
		items(token).then((list) => {
			box.items = list;
			box.busy = false;
		}, fail);
	});
}

export interface Field {
	prompt?: string;
	value?: string;
	password?: boolean;
	/** What is wrong with a text; "" when nothing is. */
	wrong?: (text: string) => string;
}

/** Has a text typed; undefined when it was closed. */
export function type(ask: Ask, field: Field): Promise<Answer<string>> {
	const box = vscode.window.createInputBox();
	box.prompt = field.prompt;
	box.value = field.value ?? "";
	box.password = field.password ?? false;
	const wrong = () => {
		box.validationMessage = field.wrong?.(box.value) ?? "";
		return box.validationMessage !== "";
	};
	return shown(box, ask, (answer) => {
		box.onDidChangeValue((text) => {
			// what is wrong with nothing is said when it is entered, not before anything is typed
			box.validationMessage = text === "" ? "" : (field.wrong?.(text) ?? "");
		});
		box.onDidAccept(() => wrong() || answer(box.value));
	});
}

type Box = (vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox) & {
	buttons: readonly vscode.QuickInputButton[];
};

// Shows a box until it is answered or closed, and leaves nothing of it.
function shown<T>(
	box: Box,
	ask: Ask,
	prepare: (answer: (a: T) => void, fail: (e: unknown) => void, token: vscode.CancellationToken) => void,
): Promise<Answer<T>> {
	const gone = new vscode.CancellationTokenSource();
	Object.assign(box, { title: ask.title, step: ask.step, totalSteps: ask.totalSteps, ignoreFocusOut: true });
	box.buttons = (ask.step ?? 1) > 1 ? [vscode.QuickInputButtons.Back] : [];
	return new Promise<Answer<T>>((resolve, reject) => {
		const withdrawn = ask.token?.onCancellationRequested(() => box.hide());
		const answer = (a: Answer<T>) => {
			resolve(a);
			box.hide();
		};
		box.onDidTriggerButton(() => answer(back));
		box.onDidHide(() => {
			resolve(undefined);
			withdrawn?.dispose();
			gone.cancel();
			gone.dispose();
			box.dispose();
		});
		const fail = (e: unknown) => {
			reject(e);
			box.hide();
		};
		prepare(answer, fail, gone.token);
		box.show();
	});
}

/** A step of several: it asks, and reports whether it was answered. */
export type Step = (ask: Ask) => Promise<Answer<boolean>>;

/** Takes steps one after the other, and back where one wants to go back. Reports whether all were answered. */
export async function takeSteps(title: string, steps: Step[]): Promise<boolean> {
	for (let i = 0; i < steps.length; ) {
		const way = await steps[i]?.({ title, step: i + 1, totalSteps: steps.length });
		if (!way) {
			return false;
		}
		i += way === back ? -1 : 1;
	}
	return true;
}

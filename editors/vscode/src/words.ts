// Words, and what comes from elsewhere as words: titles of connectors, names, what a service says. Nothing here knows VS Code.

// Characters that are not seen, and change what is: controls, and those that turn the direction of the text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const unseen = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text as a message shows it: VS Code makes links of Markdown there, also such that run commands. */
export function forMessage(text: string): string {
	return text.replace(unseen, " ").replaceAll("](", "] (");
}

/** A text as a label, a prompt or progress shows it: VS Code makes icons of $(name) there, and in some of them links too. */
export function forLabel(text: string): string {
	return forMessage(text)
		.replace(/[\r\n\t]+/g, " ")
		.replaceAll("$(", "$ (");
}

export function count(n: number, what: string): string {
	return `${n} ${what}${n === 1 ? "" : "s"}`;
}

/** A text as a sentence. */
export function sentence(text: string): string {
	const begun = text.charAt(0).toUpperCase() + text.slice(1);
	return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** A name for an environment that is short enough for the status bar. An id is cut where it still tells which one it is. */
export function shortEnvironment(id: string, title: string | undefined): string {
	if (title && title !== id) {
		return title.length > 30 ? `${title.slice(0, 29)}…` : title;
	}
	if (/^default-/i.test(id)) {
		return "default environment";
	}
	return /^[0-9a-f]{8}-/i.test(id) ? `environment ${id.slice(0, 8)}…` : shortEnvironment("", id);
}

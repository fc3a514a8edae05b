// What went wrong, in the words in which it is shown. Nothing here knows VS Code.

/** The data of an error of the server. */
export interface FailureData {
	kind: string;
	message: string;
	what?: string;
	status?: number;
	code?: string;
	requestId?: string;
	way?: string;
	url?: string;
	uncertain?: boolean;
}

/** What can be done next. */
export type Step = "signIn" | "showProblems" | "copyDetails" | "showLog";

export interface Failure {
	/** One paragraph for a message. */
	text: string;
	/** More, for whoever reports the problem. */
	details: string;
	cancelled: boolean;
	steps: Step[];
	need?: string;
}

/** Describes an error of the server, or any other. */
export function describe(error: unknown): Failure {
	const message = error instanceof Error ? error.message : String(error);
	const data = dataOf(error);
	if (!data) {
		return { text: sentence(message), details: message, cancelled: isCancelled(error), steps: ["showLog"] };
	}
	const numbers = [data.code, data.requestId && `request ${data.requestId}`].filter((s) => s && !message.includes(s));
	const parts = [sentence(message + (numbers.length > 0 ? ` (${numbers.join(", ")})` : ""))];
	if (data.way && !message.includes(data.way)) {
		parts.push(sentence(data.way));
	}
	return {
		text: parts.join(" "),
		details: JSON.stringify(data, null, 2),
		cancelled: data.kind === "cancelled",
		steps: stepsOf(data),
		need: data.kind === "need" ? data.what : undefined,
	};
}

function stepsOf(data: FailureData): Step[] {
	switch (data.kind) {
		case "signIn":
			return ["signIn", "showLog"];
		case "check":
		case "refused":
			return ["showProblems", "copyDetails"];
		case "service":
			return data.status === 401 ? ["signIn", "copyDetails"] : ["copyDetails", "showLog"];
		default:
			return ["showLog"];
	}
}

function dataOf(error: unknown): FailureData | undefined {
	const data = (error as { data?: FailureData } | undefined)?.data;
	return typeof data?.kind === "string" ? data : undefined;
}

// What the protocol and VS Code say of requests that were cancelled.
function isCancelled(error: unknown): boolean {
	const e = error as { code?: number; name?: string } | undefined;
	return e?.code === -32800 || e?.name === "Canceled";
}

function sentence(text: string): string {
	const begun = text.charAt(0).toUpperCase() + text.slice(1);
	return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

// What went wrong, in the words in which it is shown. Nothing here knows VS Code.
import { sentence } from "./words.js";

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
export type Step =
	| "signIn"
	| "showProblems"
	| "copyDetails"
	| "showLog"
	| "openFolder"
	| "download"
	| "restart"
	| "openSettings"
	| "trust";

/** Something that cannot be done as things are, and what would change that. It is nobody's fault. */
export class Obstacle extends Error {
	constructor(
		message: string,
		readonly steps: Step[],
	) {
		super(message);
	}
}

export interface Failure {
	/** One paragraph for a message. */
	text: string;
	/** More, for whoever reports the problem. */
	details: string;
	cancelled: boolean;
	/** Whether nothing failed: something is only not possible yet. */
	mild: boolean;
	steps: Step[];
	need?: string;
	/** Whether what was to be sent, or is deployed, is not what was compared. */
	changed: boolean;
}

/** Describes an error of the server, or any other. */
export function describe(error: unknown): Failure {
	const data = dataOf(error);
	return data ? ofServer(error, data) : ofClient(error);
}

function ofServer(error: unknown, data: FailureData): Failure {
	const message = messageOf(error);
	const numbers = [data.code, data.requestId && `request ${data.requestId}`].filter((s) => s && !message.includes(s));
	const parts = [sentence(message + (numbers.length > 0 ? ` (${numbers.join(", ")})` : ""))];
	if (data.way && !message.includes(data.way)) {
		parts.push(sentence(data.way));
	}
	return {
		text: parts.join(" "),
		details: JSON.stringify(data, null, 2),
		cancelled: data.kind === "cancelled",
		mild: false,
		steps: stepsOf(data),
		need: data.kind === "need" ? data.what : undefined,
		changed: data.kind === "changed",
	};
}

function ofClient(error: unknown): Failure {
	const message = isLost(error) ? lost : messageOf(error);
	const mild = error instanceof Obstacle;
	const steps: Step[] = mild ? error.steps : isLost(error) ? ["restart", "showLog"] : ["showLog"];
	return { text: sentence(message), details: message, cancelled: isCancelled(error), mild, steps, changed: false };
}

function messageOf(error: unknown): string {
	const message = (error as { message?: unknown } | undefined | null)?.message ?? error;
	return typeof message === "string" && message !== "" ? message : "Something went wrong, and did not say what";
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

const lost =
	"The language server ended before it answered. What it was asked for may have been done all the same: look before you repeat it";

// What the library says of requests whose server is gone: that it waits no more, and that there is no connection.
function isLost(error: unknown): boolean {
	const code = (error as { code?: number } | undefined)?.code;
	return code === -32097 || code === -32096 || /connection (is|got) (closed|disposed)/i.test(messageOf(error));
}

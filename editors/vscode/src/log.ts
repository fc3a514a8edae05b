// The log, without the secrets that were typed into this window.
import type { LogOutputChannel } from "vscode";
import { redact } from "./redact.js";

/** The same channel; what is written through it has stars in the place of secrets, and writing never fails. */
export function withoutSecrets(channel: LogOutputChannel): LogOutputChannel {
	const clean = (args: unknown[]) => args.map((a) => (typeof a === "string" ? redact(a) : a));
	return new Proxy({} as LogOutputChannel, {
		get(_, key) {
			const value = Reflect.get(channel, key); // the channel may be frozen, and a proxy of it bound to answer with its own
			if (typeof value !== "function") {
				return value;
			}
			return (...args: unknown[]) => {
				try {
					return value.apply(channel, clean(args));
				} catch {
					return undefined; // it is closed, which is no reason for anything to fail
				}
			};
		},
	});
}

/** How severe a line is that the server writes to its standard error, which is slog's. */
export function levelOf(line: string): "error" | "warn" | "info" | "debug" {
	const level = /\blevel=(ERROR|WARN|INFO|DEBUG)\b/.exec(line)?.[1];
	switch (level) {
		case "WARN":
			return "warn";
		case "INFO":
			return "info";
		case "DEBUG":
			return "debug";
		default:
			return "error";
	}
}

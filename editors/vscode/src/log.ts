// The log, without the secrets that were typed into this window.
import type { LogOutputChannel } from "vscode";
import { redact } from "./redact.js";

/** The same channel; what is written through it has stars in the place of secrets. */
export function withoutSecrets(channel: LogOutputChannel): LogOutputChannel {
	const clean = (args: unknown[]) => args.map((a) => (typeof a === "string" ? redact(a) : a));
	return new Proxy({} as LogOutputChannel, {
		get(_, key) {
			const value = Reflect.get(channel, key); // the channel may be frozen, and a proxy of it bound to answer with its own
			if (typeof value !== "function") {
				return value;
			}
			return (...args: unknown[]) => value.apply(channel, clean(args));
		},
	});
}

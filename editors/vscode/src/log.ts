// The log, without the secrets that were typed into this window.
import type { LogOutputChannel } from "vscode";
import { redact } from "./redact.js";

/** The same channel; what is written through it has stars in the place of secrets. */
export function withoutSecrets(channel: LogOutputChannel): LogOutputChannel {
	const clean = (args: unknown[]) => args.map((a) => (typeof a === "string" ? redact(a) : a));
	return new Proxy(channel, {
		get(target, key) {
			const value = Reflect.get(target, key);
			if (typeof value !== "function") {
				return value;
			}
			return (...args: unknown[]) => value.apply(target, clean(args));
		},
	});
}

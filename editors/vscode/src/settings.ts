// What of a connector's settings.json is shown. The server reads the rest.
import { readFileSync } from "node:fs";
import * as path from "node:path";

export interface Deployed {
	environment?: string;
	connectorId?: string;
}

/** Where a connector is deployed, as its settings.json says: nothing when there is none, or it cannot be read. */
export function settingsIn(folder: string): Deployed {
	try {
		const all = JSON.parse(readFileSync(path.join(folder, "settings.json"), "utf8").replace(/^\uFEFF/, ""));
		return { environment: text(all?.environment), connectorId: text(all?.connectorId) };
	} catch {
		return {};
	}
}

function text(value: unknown): string | undefined {
	return typeof value === "string" && value !== "" ? value : undefined;
}

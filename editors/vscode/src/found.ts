// The number of problems in words. Nothing here knows VS Code.
import { count } from "./words.js";

const names = ["", "error", "warning", "information", "hint"];

/** Tells how many there are of each severity, which count from one. */
export function found(severities: number[]): string {
	return names
		.map((name, severity) => ({ name, n: severities.filter((s) => s === severity).length }))
		.filter(({ name, n }) => name !== "" && n > 0)
		.map(({ name, n }) => (name === "information" ? `${n} information` : count(n, name)))
		.join(", ");
}

// Which files are a connector's, by their names. The server decides for itself; this is what it is told of.

/** The parts by which a folder is known as a connector's. */
export const marks = "**/[aA][pP][iI]{[dD]efin,[dD]efen,[pP]ropert}*.json";

/** The parts of a connector that the server is shown while they are open. */
export const patterns = [
	marks,
	"**/*.{swagger,Swagger}.json",
	"**/[pP]aconn-ls.json",
	"**/[sS]ettings.json",
	"**/*.{csx,CSX}",
	"**/[sS]cript.cs",
];

/** The language of each kind of part; VS Code's own settings.json is of the language jsonc, and so left alone. */
export function languageOf(pattern: string): string | undefined {
	return pattern.endsWith(".json") ? "json" : undefined;
}

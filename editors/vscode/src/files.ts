// Which files are a connector's, by their names. The server decides for itself; this is what it is told of.

export interface Filter {
	scheme: "file";
	pattern: string;
	language?: string;
}

const file = (pattern: string, language?: string): Filter => ({
	scheme: "file",
	pattern,
	...(language && { language }),
});

/**
 * What the server is shown while it is open. The connector's own names are enough, whatever language somebody maps them to.
 * VS Code's own settings.json, which is of the language jsonc, is left alone.
 */
export const selector: Filter[] = [
	file("**/[aA][pP][iI]{[dD]efin,[dD]efen,[pP]ropert}*.json"),
	file("**/*.{swagger,Swagger}.json"),
	file("**/[pP]aconn-ls.json"),
	file("**/[sS]ettings.json", "json"),
	file("**/*.{csx,CSX}"),
	file("**/[sS]cript.cs"),
];

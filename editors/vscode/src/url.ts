// Which addresses may be opened in a browser. Nothing here knows VS Code.

const loopback = ["localhost", "127.0.0.1", "[::1]"];

/** Reports whether an address is that of a page: over TLS, or on this machine. */
export function isPage(address: string): boolean {
	try {
		const url = new URL(address);
		return (
			url.username === "" &&
			(url.protocol === "https:" || (url.protocol === "http:" && loopback.includes(url.hostname)))
		);
	} catch {
		return false;
	}
}

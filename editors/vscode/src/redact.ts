// Secrets that were typed, and whatever stands where a secret belongs, must not be in a log.

const typed = new Set<string>();

/** Has redact put stars in the place of a secret from now on. */
export function hide(secret: string): void {
	if (secret.length > 3) {
		typed.add(secret);
		typed.add(JSON.stringify(secret).slice(1, -1));
	}
}

const members = /("(?:secret|clientSecret|certificatePassword)"\s*:\s*)"(?:[^"\\]|\\.)*"/g;

/** Puts stars in the place of secrets. */
export function redact(text: string): string {
	let out = text.replace(members, '$1"***"');
	for (const secret of typed) {
		out = out.replaceAll(secret, "***");
	}
	return out;
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { hide, redact } from "../../src/redact.js";

test("secrets are not in what is logged", () => {
	const secret = 'pass"word\\1';
	hide(secret);
	hide("");
	const cases: [string, string][] = [
		[`it was ${secret}`, "it was ***"],
		[JSON.stringify({ answer: secret }), '{"answer":"***"}'],
		['{"clientSecret": "never \\" typed here", "x": 1}', '{"clientSecret": "***", "x": 1}'],
		["nothing of the kind", "nothing of the kind"],
	];
	for (const [text, want] of cases) {
		assert.equal(redact(text), want);
	}
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { describe, Obstacle } from "../../src/failure.js";

function failed(data: object): Error {
	return Object.assign(new Error("could not list the environments"), { data });
}

test("a refusal of the service is told with its code, its request and what to do", () => {
	const f = describe(
		failed({
			kind: "service",
			message: "",
			status: 403,
			code: "Forbidden",
			requestId: "r-1",
			way: "ask an administrator",
		}),
	);
	assert.equal(f.text, "Could not list the environments (Forbidden, request r-1). Ask an administrator.");
	assert.deepEqual(f.steps, ["copyDetails", "showLog"]);
	assert.match(f.details, /"requestId": "r-1"/);
});

test("the way out is said, once", () => {
	assert.match(describe(failed({ kind: "signIn", way: "ask an administrator" })).text, /Ask an administrator/);
	const twice = describe(
		Object.assign(new Error("try again"), { data: { kind: "other", message: "", way: "try again" } }),
	);
	assert.equal(twice.text, "Try again.");
});

test("each kind of failure has its next steps", () => {
	const cases: [object, string[]][] = [
		[{ kind: "signIn" }, ["signIn", "showLog"]],
		[{ kind: "service", status: 401 }, ["signIn", "copyDetails"]],
		[{ kind: "check" }, ["showProblems", "copyDetails"]],
		[{ kind: "refused" }, ["showProblems", "copyDetails"]],
		[{ kind: "other" }, ["showLog"]],
	];
	for (const [data, want] of cases) {
		assert.deepEqual(describe(failed(data)).steps, want, JSON.stringify(data));
	}
});

test("what was cancelled is known as such", () => {
	assert.ok(describe(failed({ kind: "cancelled" })).cancelled);
	assert.ok(describe(Object.assign(new Error("x"), { code: -32800 })).cancelled);
	assert.ok(!describe(new Error("x")).cancelled);
	assert.ok(!describe(failed({ kind: "service" })).cancelled);
});

test("a need names what is missing", () => {
	assert.equal(describe(failed({ kind: "need", what: "tenant" })).need, "tenant");
	assert.equal(describe(failed({ kind: "service" })).need, undefined);
});

test("what was compared and is another now is known as such", () => {
	assert.ok(describe(failed({ kind: "changed" })).changed);
	assert.ok(!describe(failed({ kind: "other" })).changed);
});

test("an obstacle says what would change it, and is no failure", () => {
	const f = describe(new Obstacle("no folder is open", ["openFolder"]));
	assert.deepEqual([f.text, f.steps, f.mild], ["No folder is open.", ["openFolder"], true]);
	assert.ok(!describe(new Error("x")).mild);
});

test("a server that ended is told in words, not in those of the library", () => {
	const cases = [
		Object.assign(new Error("Pending response rejected since connection got disposed"), { code: -32097 }),
		Object.assign(new Error("Client is not running"), { code: -32096 }),
		new Error("Connection is closed."),
	];
	for (const e of cases) {
		const f = describe(e);
		assert.match(f.text, /^The language server ended before it answered\..*look before you repeat it\.$/);
		assert.deepEqual(f.steps, ["restart", "showLog"]);
	}
});

test("nothing is ever told as undefined, or as a stack", () => {
	for (const e of [undefined, null, new Error(""), "", {}, { message: "x" }]) {
		assert.match(describe(e).text, /^[A-Z].*\.$/, String(e));
		assert.doesNotMatch(describe(e).text, /undefined|null|\[object|\bat /i, String(e));
	}
});

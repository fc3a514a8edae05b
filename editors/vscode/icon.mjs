// Draws icon.png: a plug in front of braces, 128 by 128 pixels. Each pixel is the mean of 16 points.
import { writeFileSync } from "node:fs";
import { deflateSync } from "node:zlib";

const size = 128;
const dark = [43, 33, 64];
const light = [235, 229, 255];
const warm = [255, 176, 59];

const inBox = (x, y, [left, top, right, bottom], r) => {
	const dx = Math.max(left + r - x, x - (right - r), 0);
	const dy = Math.max(top + r - y, y - (bottom - r), 0);
	return dx * dx + dy * dy <= r * r;
};

// A stroke of width 2w along an arc around (cx, cy), between two angles.
const onArc = (x, y, cx, cy, r, w, from, to) => {
	const angle = (Math.atan2(y - cy, x - cx) + 2 * Math.PI) % (2 * Math.PI);
	return Math.abs(Math.hypot(x - cx, y - cy) - r) <= w && angle >= from && angle <= to;
};

// The left brace; the right one is its mirror image.
const onBrace = (x, y) => {
	const half = Math.PI / 2;
	return (
		onArc(x, y, 42, 36, 12, 4, Math.PI, 3 * half) ||
		inBox(x, y, [26, 36, 34, 54], 0) ||
		onArc(x, y, 20, 54, 10, 4, 0, half) ||
		onArc(x, y, 20, 74, 10, 4, 3 * half, 4 * half) ||
		inBox(x, y, [26, 74, 34, 92], 0) ||
		onArc(x, y, 42, 92, 12, 4, half, Math.PI)
	);
};

function colorAt(x, y) {
	if (!inBox(x, y, [0, 0, size, size], 24)) {
		return undefined;
	}
	const prong = inBox(x, y, [53, 34, 59, 54], 3) || inBox(x, y, [69, 34, 75, 54], 3);
	const body = inBox(x, y, [46, 50, 82, 62], 3) || (y >= 56 && Math.hypot(x - 64, y - 62) <= 18);
	const cord = inBox(x, y, [61, 76, 67, 100], 3);
	if (prong || body || cord) {
		return warm;
	}
	return onBrace(x, y) || onBrace(size - x, y) ? light : dark;
}

function pixel(x, y) {
	const sum = [0, 0, 0, 0];
	for (let i = 0; i < 16; i++) {
		const c = colorAt(x + ((i % 4) + 0.5) / 4, y + (Math.floor(i / 4) + 0.5) / 4);
		if (c) {
			c.forEach((v, k) => {
				sum[k] += v;
			});
			sum[3]++;
		}
	}
	return [...sum.slice(0, 3).map((v) => (sum[3] ? Math.round(v / sum[3]) : 0)), Math.round((sum[3] * 255) / 16)];
}

function crc(bytes) {
	let c = 0xffffffff;
	for (const b of bytes) {
		c ^= b;
		for (let k = 0; k < 8; k++) {
			c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
		}
	}
	return (c ^ 0xffffffff) >>> 0;
}

function chunk(type, data) {
	const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
	const out = Buffer.alloc(body.length + 8);
	out.writeUInt32BE(data.length, 0);
	body.copy(out, 4);
	out.writeUInt32BE(crc(body), body.length + 4);
	return out;
}

const rows = [];
for (let y = 0; y < size; y++) {
	rows.push(0); // no filter
	for (let x = 0; x < size; x++) {
		rows.push(...pixel(x, y));
	}
}
const head = Buffer.alloc(13);
head.writeUInt32BE(size, 0);
head.writeUInt32BE(size, 4);
head.set([8, 6, 0, 0, 0], 8); // eight bits, with transparency
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const data = deflateSync(Buffer.from(rows), { level: 9 });
writeFileSync(
	"icon.png",
	Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]),
);

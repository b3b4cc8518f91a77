// Writes the world map of the app: `npm ci && npm run build`. Shapes are Natural Earth's (public
// domain) as world-atlas (ISC) packs them, in its projection Natural Earth I. A line of the result
// is a country's code of ISO 3166-1 (or - for land that has none), the place of its dot, and an SVG
// path, empty for who is too small at this scale.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const RESULT = "../src/main/resources/org/flowshield/app/providers/world.txt";
/** Of the map; its height follows from the projection. */
const WIDTH = 1000;
/** Digits behind the point: a tenth of what is a pixel on a large screen. */
const DIGITS = 1;
/** Nobody sells anything there, and a fifth of the map is saved. */
const LEFT_OUT = new Set(["AQ"]);

const require = createRequire(import.meta.url);
const codes = require("i18n-iso-countries");
const load = (name) => JSON.parse(readFileSync(require.resolve(`world-atlas/${name}.json`)));

const radians = (degrees) => (degrees * Math.PI) / 180;

// The polynomial of Natural Earth I (Šavrič, Jenny, Patterson and others, 2011).
function project([longitude, latitude]) {
  const p2 = radians(latitude) ** 2;
  const p4 = p2 * p2;
  return [
    radians(longitude) * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4))),
    radians(latitude) * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4))),
  ];
}

const SCALE = WIDTH / (2 * project([180, 0])[0]);
const NORTH = project([0, 84])[1];
const place = (point) => {
  const [x, y] = project(point);
  return [WIDTH / 2 + x * SCALE, (NORTH - y) * SCALE];
};

// TopoJSON: arcs are deltas of integers; a negative number is an arc the other way round.
function decoder(topology) {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
  });
  const ring = (numbers) =>
    numbers.flatMap((number, i) => {
      const points = number < 0 ? arcs[~number].toReversed() : arcs[number];
      return i === 0 ? points : points.slice(1);
    });
  return (geometry) =>
    (geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs).map((polygon) => polygon.map(ring));
}

/** The ring without jumps from one edge of the map to the other. */
function unwrapped(ring) {
  let turn = 0;
  return ring.map(([longitude, latitude], i) => {
    if (i > 0 && Math.abs(longitude - ring[i - 1][0]) > 180) {
      turn += longitude < ring[i - 1][0] ? 360 : -360;
    }
    return [longitude + turn, latitude];
  });
}

/** What of a ring lies on one side of a meridian (Sutherland and Hodgman). */
function clip(ring, meridian, sign) {
  const inside = ([longitude]) => sign * (longitude - meridian) <= 0;
  const kept = [];
  for (let i = 0; i < ring.length; i++) {
    const from = ring[(i + ring.length - 1) % ring.length];
    const to = ring[i];
    if (inside(from) !== inside(to)) {
      const share = (meridian - from[0]) / (to[0] - from[0]);
      kept.push([meridian, from[1] + share * (to[1] - from[1])]);
    }
    if (inside(to)) {
      kept.push(to);
    }
  }
  return kept;
}

/** The ring in as many pieces as it takes to stay on the map. */
function pieces(ring) {
  const whole = unwrapped(ring);
  return [-360, 0, 360]
    .map((shift) => whole.map(([longitude, latitude]) => [longitude + shift, latitude]))
    .map((shifted) => clip(clip(shifted, 180, 1), -180, -1))
    .filter((piece) => piece.length > 2);
}

function area(ring) {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    return sum + x * nextY - nextX * y;
  }, 0) / 2;
}

function middle(ring) {
  const whole = area(ring);
  const [x, y] = ring.reduce(([sumX, sumY], [px, py], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    const cross = px * nextY - nextX * py;
    return [sumX + (px + nextX) * cross, sumY + (py + nextY) * cross];
  }, [0, 0]);
  return [x / (6 * whole), y / (6 * whole)];
}

const text = (value) => String(Number(value.toFixed(DIGITS)));

function path(rings) {
  return rings
    .map((ring) => {
      const points = ring.map(([x, y]) => `${text(x)},${text(y)}`);
      const distinct = points.filter((point, i) => point !== points[(i + points.length - 1) % points.length]);
      return distinct.length > 2 ? `M${distinct.join("L")}Z` : "";
    })
    .join("");
}

function drawn(topology) {
  const decode = decoder(topology);
  return topology.objects.countries.geometries.filter((geometry) => geometry.type !== null).map((geometry) => ({
    code: (geometry.id && codes.numericToAlpha2(geometry.id)) || "-",
    rings: decode(geometry).flat().flatMap(pieces).map((ring) => ring.map(place)),
  }));
}

function dot(rings) {
  const largest = rings.reduce((best, ring) => (Math.abs(area(ring)) > Math.abs(area(best)) ? ring : best));
  return middle(largest).map(text).join(",");
}

const coarse = drawn(load("countries-110m"));
const known = new Set(coarse.map((country) => country.code));
// What the coarse map leaves out is a dot, where the finer one has it.
const small = drawn(load("countries-50m")).filter((country) => country.code !== "-" && !known.has(country.code));
const lines = [
  ...coarse.map(({ code, rings }) => `${code}\t${dot(rings)}\t${path(rings)}`),
  ...small.map(({ code, rings }) => `${code}\t${dot(rings)}\t`),
].filter((line) => !LEFT_OUT.has(line.slice(0, 2)));
const seen = new Set();
const once = lines.filter((line) => line.startsWith("-") || (!seen.has(line.slice(0, 2)) && seen.add(line.slice(0, 2))));
once.sort();
const height = Math.ceil(place([0, -58])[1]);
writeFileSync(
  RESULT,
  `# Shapes: Natural Earth, public domain; packed by world-atlas 2.0.2, ISC licence, (c) 2013-2019 Michael Bostock.\n` +
    `# Made by map/world.mjs; don't edit.\nsize\t${WIDTH},${height}\t\n${once.join("\n")}\n`,
);

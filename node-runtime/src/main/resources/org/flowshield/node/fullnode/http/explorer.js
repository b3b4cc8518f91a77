// The market's page: asks this fullnode and nobody else. What providers say of themselves is shown as text, never as markup.
const $ = (id) => document.getElementById(id);
const table = $("providers").tBodies[0];
const form = $("filter");
const REFRESH_MS = 10_000;
const TYPING_MS = 250;
const PAGE = 50;
let next = null;
let asked = 0;

function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function svg(name, attributes, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

const grouped = new Intl.NumberFormat("en");
const short = (id) => id.slice(0, 8) + "…" + id.slice(-6);

function flow(amount) {
  const number = Number(amount);
  if (number === 0) return "0";
  if (number < 0.0001) return number.toExponential(1);
  return new Intl.NumberFormat("en", { maximumSignificantDigits: number < 1000 ? 4 : 6 }).format(number);
}

function rate(bits) {
  if (!bits) return "—";
  const units = ["bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s", "Pbit/s"];
  let unit = 0;
  let value = bits;
  while (value >= 1000 && unit < units.length - 1) { value /= 1000; unit++; }
  return (value < 10 ? Math.round(value * 10) / 10 : Math.round(value)) + " " + units[unit];
}

const names = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });
const country = (code) => code === "??" ? "not said" : names.of(code) ?? code;

async function ask(path) {
  const answer = await fetch(path, { headers: { accept: "application/json" } });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error ? body.error.message : "the fullnode answers " + answer.status);
  return body;
}

function tell(text, how) {
  const health = $("health");
  health.textContent = text;
  health.className = how;
}

// ---- the network ----

function figure(label, value, unit) {
  return el("div", {}, el("dt", {}, label), el("dd", {}, value, unit ? " " : "", unit ? el("small", {}, unit) : null));
}

function showNetwork(network) {
  $("figures").replaceChildren(
    figure("Providers online", grouped.format(network.online), "of " + grouped.format(network.offers)),
    figure("Silent for a while", grouped.format(network.stale)),
    figure("Wallets", grouped.format(network.wallets)),
    figure("Staked", flow(network.stake), "FLOW"),
    figure("Capacity, claimed", rate(network.claimed_bits_per_second)),
    figure("Sessions, claimed", grouped.format(network.claimed_sessions)),
  );
  showPrices(network.prices);
  showCountries(network.claimed_countries);
}

function showPrices(prices) {
  if (!prices) {
    $("prices").replaceChildren(el("p", { class: "quiet" }, "No offers yet."));
    return;
  }
  const values = [prices.lowest, prices.lower_quartile, prices.median, prices.upper_quartile, prices.highest].map(Number);
  const [low, lower, median, upper, high] = values;
  const from = Math.log10(low);
  const span = Math.max(1e-9, Math.log10(high) - from);
  const x = (value) => low === high ? 200 : 14 + 372 * (Math.log10(value) - from) / span;
  const text = `From ${flow(low)} to ${flow(high)} FLOW; half of them between ${flow(lower)} and ${flow(upper)}, the median is ${flow(median)}.`;
  const plot = svg("svg", { viewBox: "0 0 400 84", role: "img", "aria-label": text });
  plot.append(
    svg("line", { class: "range", x1: x(low), x2: x(high), y1: 36, y2: 36 }),
    svg("line", { class: "range", x1: x(low), x2: x(low), y1: 28, y2: 44 }),
    svg("line", { class: "range", x1: x(high), x2: x(high), y1: 28, y2: 44 }),
    svg("rect", { class: "box", x: x(lower), y: 20, width: Math.max(2, x(upper) - x(lower)), height: 32, rx: 4 }),
    svg("line", { class: "median", x1: x(median), x2: x(median), y1: 18, y2: 54 }),
    svg("text", { x: x(low), y: 76, "text-anchor": low === high ? "middle" : "start" }, flow(low)),
    svg("text", { class: "strong", x: Math.min(360, Math.max(40, x(median))), y: 12, "text-anchor": "middle" }, "median " + flow(median)),
  );
  if (low !== high) plot.append(svg("text", { x: x(high), y: 76, "text-anchor": "end" }, flow(high)));
  $("prices").replaceChildren(plot, el("p", {}, low === high ? "Every offer asks the same." : `Half of all offers ask between ${flow(lower)} and ${flow(upper)}.`));
}

function showCountries(countries) {
  const sorted = Object.entries(countries).sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  const most = sorted.length ? sorted[0][1] : 1;
  $("countries").replaceChildren(...sorted.slice(0, 7).map(([code, count]) =>
    el("li", { title: country(code) },
      el("span", {}, code),
      el("progress", { max: most, value: count, "aria-label": `${country(code)}: ${count}` }),
      el("span", {}, grouped.format(count)))));
  if (!sorted.length) $("countries").append(el("li", { class: "quiet" }, "—"));
  const select = form.elements.country;
  const chosen = select.value;
  const codes = sorted.map(([code]) => code).filter((code) => code !== "??").sort((a, b) => country(a).localeCompare(country(b)));
  if (chosen && !codes.includes(chosen)) codes.push(chosen);
  select.replaceChildren(el("option", { value: "" }, "Anywhere"), ...codes.map((code) => el("option", { value: code }, country(code))));
  select.value = chosen;
}

// ---- providers ----

const STATES = { online: "online", stale: "silent", offline: "offline", unheard: "not heard yet" };

function row(provider) {
  const name = el("button", { type: "button", class: "name", title: provider.peer },
    el("span", { class: "dot " + provider.state, "aria-hidden": "true" }),
    el("span", {}, short(provider.peer), " ", el("span", { class: "state" }, STATES[provider.state] ?? provider.state)));
  const code = provider.claimed_country;
  const made = el("tr", {},
    el("td", {}, name),
    el("td", { "data-label": "Country, claimed" }, code ? country(code) : "—"),
    el("td", { class: "number", "data-label": "FLOW per GiB", title: provider.price_per_gib }, flow(provider.price_per_gib)),
    el("td", { class: "number", "data-label": "Speed, claimed" }, rate(provider.claimed_bits_per_second)),
    el("td", { class: "number", "data-label": "Stake", title: provider.stake + " FLOW" }, flow(provider.stake)),
    el("td", { class: "number", "data-label": "Score" },
      el("span", { class: "score" }, el("meter", { min: 0, max: 1, value: provider.score, "aria-hidden": "true" }), (provider.score * 100).toFixed(0))));
  made.addEventListener("click", () => open(provider));
  return made;
}

function question(after) {
  const query = new URLSearchParams();
  for (const [key, value] of new FormData(form)) if (value.trim() !== "") query.set(key, value.trim());
  query.set("limit", PAGE);
  if (after) query.set("after", after);
  return "/v1/providers?" + query;
}

async function search(after) {
  if (!form.checkValidity()) return;
  const mine = ++asked;
  try {
    const page = await ask(question(after));
    if (mine !== asked) return; // another question was asked meanwhile
    const rows = page.providers.map(row);
    if (after) {
      table.append(...rows);
      if (rows.length) rows[0].querySelector("button").focus();
    } else {
      table.replaceChildren(...rows);
    }
    next = page.next;
    $("more").hidden = !next;
    $("none").hidden = table.rows.length > 0;
    $("none").textContent = "No provider fits.";
  } catch (failure) {
    if (mine !== asked) return;
    if (!after) table.replaceChildren();
    $("more").hidden = true;
    $("none").hidden = false;
    $("none").textContent = failure.message;
  }
}

// ---- one provider ----

function facts(pairs) {
  const list = el("dl", { class: "facts" });
  for (const [label, value] of pairs) {
    if (value !== null && value !== undefined && value !== "") list.append(el("dt", {}, label), el("dd", {}, value));
  }
  return list;
}

const mono = (text) => el("span", { class: "mono" }, text);
const time = (at) => at ? el("time", { datetime: at }, new Date(at).toLocaleString()) : null;
const plural = (count, what) => count + " " + what + (count === 1 ? "" : "s");

function open(provider) {
  const exits = [provider.claimed_ipv4 ? "IPv4" : null, provider.claimed_ipv6 ? "IPv6" : null].filter(Boolean).join(" and ");
  $("detail-title").textContent = provider.peer;
  $("detail-body").replaceChildren(
    facts([
      ["Price", provider.price_per_gib + " FLOW per GiB"],
      ["State", STATES[provider.state] ?? provider.state],
      ["Last heard", time(provider.heard_at)],
      ["Offer holds until", time(provider.valid_until)],
    ]),
    el("h3", {}, "Who vouches for it"),
    facts([
      ["Wallet", mono(provider.wallet)],
      ["Stake", provider.stake + " FLOW"],
      ["Offer", mono(provider.offer_hash)],
    ]),
    el("h3", {}, "What it says of itself"),
    facts([
      ["Country", provider.claimed_country ? country(provider.claimed_country) : "not said"],
      ["Speed", rate(provider.claimed_bits_per_second)],
      ["Free", provider.claimed_free_bits_per_second === null ? null : rate(provider.claimed_free_bits_per_second)],
      ["Open now", provider.claimed_sessions === null ? null : plural(provider.claimed_sessions, "session")],
      ["Way out", exits || "not said"],
      ["Speaks", provider.claimed_protocols.join(", ")],
    ]),
    el("h3", {}, `Why it has a score of ${(provider.score * 100).toFixed(0)}`),
    el("ul", {}, ...provider.reasons.map((reason) => el("li", {}, reason))),
    el("h3", {}, "Where it is"),
    el("ul", {}, ...provider.addresses.map((address) => el("li", { class: "mono" }, address))),
  );
  history.replaceState(null, "", "#" + provider.peer);
  if (!$("detail").open) $("detail").showModal();
}

/** A link to one provider: its peer id behind the address. */
async function follow() {
  const peer = location.hash.slice(1);
  if (!/^[A-Za-z0-9]{10,80}$/.test(peer)) return;
  try {
    open(await ask("/v1/providers/" + peer));
  } catch (failure) {
    $("detail-title").textContent = peer;
    $("detail-body").replaceChildren(el("p", {}, failure.message));
    $("detail").showModal();
  }
}

// ---- what people do ----

let typing;
form.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(() => search(null), TYPING_MS); });
form.addEventListener("submit", (event) => { event.preventDefault(); search(null); });
$("more").addEventListener("click", () => search(next));
$("detail").addEventListener("close", () => history.replaceState(null, "", location.pathname));
$("detail").addEventListener("click", (event) => { if (event.target === $("detail")) $("detail").close(); });
document.addEventListener("keydown", (event) => {
  if ($("detail").open || event.ctrlKey || event.metaKey || event.altKey) return;
  const typed = event.target.matches("input, select");
  if (event.key === "/" && !typed) {
    event.preventDefault();
    form.elements.country.focus();
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !event.target.matches("select")) {
    const buttons = [...table.querySelectorAll("button.name")];
    const at = buttons.indexOf(document.activeElement);
    const to = buttons[Math.max(0, Math.min(buttons.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)))];
    if (to && (at >= 0 || event.key === "ArrowDown")) { event.preventDefault(); to.focus(); }
  }
});

async function refresh() {
  try {
    const network = await ask("/v1/network");
    showNetwork(network);
    tell(`In order · ${network.heartbeats_per_second} heartbeats a second · counted ${new Date(network.counted_at).toLocaleTimeString()}`, "ok");
  } catch (failure) {
    tell(failure.message, "bad");
  }
}

await refresh();
await search(null);
await follow();
window.addEventListener("hashchange", follow);
setInterval(() => { if (!document.hidden) refresh(); }, REFRESH_MS);

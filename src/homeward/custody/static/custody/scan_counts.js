// The twin of labels.py, scans.py and scan_counts.py on the device: the same answers without a network.
// Both are tested with the same table of cases (tests/custody/scan_cases.json) and with random histories.

const LOOK_ALIKES = pairs("АВЕІКМНОРСТУХ", "ABEIKMHOPCTYX");
const KEYS = pairs("ЙЦУКЕНГШЩЗХЪЇФЫІВАПРОЛДЖЭЄЯЧСМИТЬБЮЁҐ", "QWERTYUIOP[]]ASSDFGHJKL;''ZXCVBNM,.`\\");
const SIGNS = pairs('".,/:;?', "@/?|^$&");
const TYPED = /^[ЙЦУКЕНГШЩЗХЪЇФЫІВАПРОЛДЖЭЄЯЧСМИТЬБЮЁҐ0-9"!%*()_+=.,/:;?]*$/;
const AWAY = /[\p{Z}\p{Cc}\p{Cf}\p{Pd}\u2212]/gu;
const AROUND = /^[\p{Z}\p{Cc}\p{Cf}]+|[\p{Z}\p{Cc}\p{Cf}]+$/gu;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MOMENT =
  /^([12]\d{3})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:[Zz]|([+-])(\d\d):?(\d\d))$/;
const FIELDS_OF_SCAN = ["scan", "label", "seal", "scanned_at", "another"];
const FIELDS_OF_WITHDRAWAL = ["scan", "withdraws", "scanned_at"];
const SEALS = ["intact", "broken", "absent"];
const LONGEST_LABEL = 200;
const MOST_OFFERED = 3;
const FARTHEST = 2;

/** What is refused: the field as place, what was found, what is needed. */
export class Refusal extends Error {
  constructor(place, found, needed) {
    super(`${place}: found ${found}; needed: ${needed}`);
    Object.assign(this, { place, found, needed });
  }
}

export const trimmed = label => label.replace(AROUND, "");

export const asLookAlikes = label => translated(bare(label), LOOK_ALIKES);

/** Signs are those on their keys only in a label that a Cyrillic layout can have typed: 12.5 and 12/5 are two labels. */
export function asKeys(label) {
  const text = bare(label);
  const typed = TYPED.test(text) && [...text].some(sign => KEYS.has(sign));
  return translated(typed ? translated(text, SIGNS) : text, KEYS);
}

/** The other side's list: `lines` are {row, label}; lines without a label count, and nothing scanned can mean them. */
export class Manifest {
  constructor(lines) {
    this.lines = lines;
    this.rows = new Map();
    for (const { row, label } of lines) {
      if (label) this.rows.set(label, [...(this.rows.get(label) ?? []), row]);
    }
    const labels = [...this.rows.keys()];
    this.byLook = grouped(labels, asLookAlikes);
    this.byKeys = grouped(labels, asKeys);
    this.offered = labels.map(label => [label, [offeredForm(asLookAlikes(label)), offeredForm(asKeys(label))]]);
  }

  static of(labels) {
    return new Manifest(labels.map((label, index) => ({ row: index + 1, label: trimmed(label) })));
  }

  meantBy(label) {
    if (this.rows.has(label)) return label;
    const agreeing = this.agreeing(label);
    return agreeing.length === 1 ? agreeing[0] : label;
  }

  agreeing(label) {
    const looks = this.byLook.get(asLookAlikes(label)) ?? [];
    const keys = this.byKeys.get(asKeys(label)) ?? [];
    return [...new Set([...looks, ...keys])].sort((a, b) => this.rows.get(a)[0] - this.rows.get(b)[0]);
  }

  nearest(label) {
    const own = [offeredForm(asLookAlikes(label)), offeredForm(asKeys(label))];
    const ranked = [];
    this.offered.forEach(([other, forms], position) => {
      const [distance, length] = own
        .map((form, index) => [distanceOf(form, forms[index]), shorter(form, forms[index])])
        .sort((a, b) => a[0] - b[0] || b[1] - a[1])[0];
      if (distance <= FARTHEST && distance < length) ranked.push([distance, position, other]);
    });
    ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    return ranked.slice(0, MOST_OFFERED).map(([, , other]) => other);
  }
}

/** The message that a JSON object stands for; throws a Refusal for any other. */
export function readMessage(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Refusal("message", told(value), "an object");
  }
  const withdraws = Object.hasOwn(value, "withdraws");
  const allowed = withdraws ? FIELDS_OF_WITHDRAWAL : FIELDS_OF_SCAN;
  for (const field of Object.keys(value)) {
    if (!allowed.includes(field)) {
      const place = [...field].slice(0, 80).join("");
      throw new Refusal(place, "a field that this message does not have", `only ${allowed.join(", ")}`);
    }
  }
  const id = readUuid(value, "scan");
  const scannedAt = readMoment(value);
  if (withdraws) {
    const target = readUuid(value, "withdraws");
    if (target === id) throw new Refusal("withdraws", "the message's own UUID", "the UUID of the scan to undo");
    return { id, withdraws: target, scannedAt };
  }
  const another = Object.hasOwn(value, "another") ? value.another : false;
  if (typeof another !== "boolean") throw new Refusal("another", told(another), "true or false");
  return { id, label: readLabel(value), seal: readSeal(value), scannedAt, another };
}

/** The answer to each message in the order of their arrival; a message again, the same answer. */
export function answers(manifest, messages, circumstances = {}) {
  distinct(messages);
  const state = new State(manifest, circumstances);
  const given = new Map();
  for (const message of messages) {
    if (!given.has(message.id)) given.set(message.id, state.answer(message));
  }
  return messages.map(message => given.get(message.id));
}

/** What the set of messages amounts to, whatever their order and repetition. */
export function tally(manifest, messages) {
  const inOrder = [...distinct(messages).values()].sort(
    (a, b) => !isWithdrawal(a) - !isWithdrawal(b) || compared(a.scannedAt, b.scannedAt) || compared(a.id, b.id)
  );
  const state = new State(manifest, {});
  const outcomes = Object.fromEntries(inOrder.map(message => [message.id, state.take(message)]));
  return {
    counts: { ...state.counts },
    outcomes,
    missing: state.missing().map(line => line.row),
    unexpected: Object.fromEntries(state.unexpected()),
  };
}

class State {
  constructor(manifest, { signed = false, elsewhere = {} }) {
    Object.assign(this, { manifest, signed, elsewhere, others: Manifest.of(Object.keys(elsewhere)) });
    this.withdrawn = new Map();
    this.messages = new Map();
    this.live = new Map();
    // Kept up with every scan: counted anew, a thousand bags would take a million steps.
    const lines = manifest.lines.length;
    this.counts = { manifest: lines, scanned: 0, missing: lines, unexpected: 0 };
  }

  take(message) {
    this.messages.set(message.id, message);
    if (isWithdrawal(message)) {
      if (!this.withdrawn.has(message.withdraws)) this.withdrawn.set(message.withdraws, message.id);
      const target = this.messages.get(message.withdraws);
      if (target && !isWithdrawal(target)) {
        const label = this.manifest.meantBy(target.label);
        const before = bags(this.live.get(label));
        this.live.get(label).delete(target.id);
        this.count(label, before, bags(this.live.get(label)));
      }
      return "withdrawn";
    }
    const label = this.manifest.meantBy(message.label);
    if (!this.live.has(label)) this.live.set(label, new Map());
    if (this.withdrawn.has(message.id)) return "withdrawn";
    const ofLabel = this.live.get(label);
    const before = bags(ofLabel);
    ofLabel.set(message.id, message);
    if (bags(ofLabel) === before) return "again";
    this.count(label, before, before + 1);
    return before < this.linesOf(label) ? "expected" : "unexpected";
  }

  answer(message) {
    const outcome = this.take(message);
    const notes = isWithdrawal(message) ? this.aboutWithdrawal(message) : this.about(message, outcome);
    if (this.signed) notes.unshift("late");
    const answer = { scan: message.id, outcome, counts: { ...this.counts } };
    return notes.length ? { ...answer, notes } : answer;
  }

  count(label, before, now) {
    const lines = this.linesOf(label);
    this.counts.scanned += now - before;
    this.counts.missing += Math.max(0, lines - now) - Math.max(0, lines - before);
    this.counts.unexpected += Math.max(0, now - lines) - Math.max(0, before - lines);
  }

  missing() {
    const left = new Map([...this.live].map(([label, scans]) => [label, bags(scans)]));
    return this.manifest.lines.filter(({ label }) => {
      if (!label || !(left.get(label) > 0)) return true;
      left.set(label, left.get(label) - 1);
      return false;
    });
  }

  unexpected() {
    const more = [...this.live].map(([label, scans]) => [label, bags(scans) - this.linesOf(label)]);
    return more.filter(([, number]) => number > 0);
  }

  linesOf(label) {
    return this.manifest.rows.get(label)?.length ?? 0;
  }

  aboutWithdrawal(message) {
    const target = this.messages.get(message.withdraws);
    if (!target) return [note("not here yet", [message.withdraws])];
    return isWithdrawal(target) ? [note("a withdrawal stays", [target.id])] : [];
  }

  about(scan, outcome) {
    if (outcome === "withdrawn") return [note("withdrawn by", [this.withdrawn.get(scan.id)])];
    const label = this.manifest.meantBy(scan.label);
    const rows = this.manifest.rows.get(label) ?? [];
    const scans = [...this.live.get(label).values()];
    const seals = [...new Set(scans.map(each => each.seal))].sort();
    const notes = [];
    if (label !== scan.label) notes.push(note("taken as", [label]));
    if (outcome === "again") {
      const first = scans.find(each => !each.another);
      notes.push(note("first", [first.id, shownMoment(first.scannedAt)]));
      if (seals.length > 1) notes.push(note("seals", seals));
    }
    if (outcome === "unexpected" && rows.length) notes.push(note("more bags than lines"));
    if (rows.length > 1 || (outcome === "unexpected" && rows.length)) notes.push(note("rows", rows));
    return rows.length ? notes : [...notes, ...this.aboutStranger(scan)];
  }

  aboutStranger(scan) {
    const notes = [];
    const other = this.others.meantBy(scan.label);
    if (Object.hasOwn(this.elsewhere, other)) notes.push(note("elsewhere", [this.elsewhere[other]]));
    const nearest = this.manifest.nearest(scan.label);
    return nearest.length ? [...notes, note("nearest", nearest)] : notes;
  }
}

function pairs(from, to) {
  const signs = [...to];
  return new Map([...from].map((sign, index) => [sign, signs[index]]));
}

function translated(text, map) {
  return [...text].map(sign => map.get(sign) ?? sign).join("");
}

function bare(label) {
  // № goes first: NFKC would make it the letters "No".
  return label.replaceAll("№", "").normalize("NFKC").toUpperCase().replace(AWAY, "");
}

function offeredForm(folded) {
  return folded.replaceAll("O", "0").replace(/[0-9]+/g, number => number.replace(/^0+(?=[0-9])/, ""));
}

function grouped(labels, form) {
  const groups = new Map();
  for (const label of labels) {
    const key = form(label);
    if (key) groups.set(key, [...(groups.get(key) ?? []), label]);
  }
  return groups;
}

function shorter(a, b) {
  return Math.min([...a].length, [...b].length);
}

function distanceOf(a, b) {
  if (Math.abs(a.length - b.length) > 2 * FARTHEST) return FARTHEST + 1; // code units, two a sign at most
  const across = [...b];
  let row = [0, ...across.map((_, index) => index + 1)];
  for (const sign of a) {
    const next = [row[0] + 1];
    across.forEach((other, index) => {
      next.push(Math.min(row[index + 1] + 1, next[index] + 1, row[index] + (sign === other ? 0 : 1)));
    });
    row = next;
  }
  return row[across.length];
}

function distinct(messages) {
  const byId = new Map();
  for (const message of messages) {
    const known = byId.get(message.id);
    if (known && !sameContent(known, message)) {
      throw new Refusal("scan", `UUID ${message.id} with other content`, "a UUID of its own");
    }
    if (!known) byId.set(message.id, message);
  }
  return byId;
}

function sameContent(a, b) {
  return ["withdraws", "label", "seal", "scannedAt", "another"].every(field => a[field] === b[field]);
}

function isWithdrawal(message) {
  return message.withdraws !== undefined;
}

function bags(scans) {
  const another = [...scans.values()].filter(scan => scan.another).length;
  return another + (another < scans.size ? 1 : 0);
}

function note(kind, values = []) {
  return values.length ? `${kind}: ${values.join(", ")}` : kind;
}

function compared(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

function shownMoment(moment) {
  return moment.replace(/\.?0+Z$/, "Z");
}

function readUuid(value, field) {
  const given = Object.hasOwn(value, field) ? value[field] : null;
  if (typeof given === "string" && UUID.test(given.toLowerCase())) return given.toLowerCase();
  throw new Refusal(field, told(given), "a UUID such as 7f8f1c1e-5a0b-4c52-9f1e-0d2f3b4a5c6d");
}

function readLabel(value) {
  const given = Object.hasOwn(value, "label") ? value.label : null;
  const label = typeof given === "string" ? trimmed(given) : "";
  if (!label || [...label].length > LONGEST_LABEL || /[\p{Cc}\p{Cs}]/u.test(label)) {
    throw new Refusal("label", told(given), `the label as text of one line, at most ${LONGEST_LABEL} characters`);
  }
  return label;
}

function readSeal(value) {
  const given = Object.hasOwn(value, "seal") ? value.seal : null;
  if (SEALS.includes(given)) return given;
  throw new Refusal("seal", told(given), "intact, broken or absent");
}

function readMoment(value) {
  const given = Object.hasOwn(value, "scanned_at") ? value.scanned_at : null;
  const match = typeof given === "string" ? MOMENT.exec(given) : null;
  const refusal = new Refusal("scanned_at", told(given), "a date and time with zone, such as 2026-01-29T08:00:00Z");
  if (!match) throw refusal;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(part => Number(part ?? 0));
  const [hours, minutes] = [Number(match[9] ?? 0), Number(match[10] ?? 0)];
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const holds = local.getUTCMonth() === month - 1 && local.getUTCDate() === day && local.getUTCHours() === hour;
  if (!holds || minute > 59 || second > 59 || hours > 23 || minutes > 59) throw refusal;
  const offset = (hours * 60 + minutes) * (match[8] === "-" ? -1 : 1);
  const moment = new Date(local.getTime() - offset * 60_000).toISOString().slice(0, 19);
  return `${moment}.${(match[7] ?? "").padEnd(9, "0")}Z`;
}

function told(value) {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "string") {
    return `"${[...value].slice(0, 80).map(sign => (sign !== " " && /[\p{C}\p{Z}]/u.test(sign) ? "?" : sign)).join("")}"`;
  }
  return Array.isArray(value) ? "a list" : typeof value === "object" ? "an object" : "a number";
}

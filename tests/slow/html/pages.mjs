// The pages that are looked at: all of them are written by the program, after exams with scripted answers.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const NOW = "2027-02-01T09:00";
const HOSTILE = fileURLToPath(new URL("hostile.yaml", import.meta.url));
const EVERY_TYPE = fileURLToPath(new URL("../../../decks/examples/item-types.yaml", import.meta.url));

/** Runs the program with a data directory of its own, and returns what it said. */
function cutscore(program, home, args, input = "") {
  mkdirSync(home, { recursive: true });
  const env = { PATH: process.env.PATH, HOME: home, TZ: "UTC", CUTSCORE_DATA_DIR: join(home, "data") };
  const chance = ["--seed", "7", "--now", NOW];
  const { status, stdout, stderr } = spawnSync(program, [...args, ...chance], { env, input, encoding: "utf8" });
  if (status !== 0) throw new Error(`cutscore ${args.join(" ")}: ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** Returns the form that the exam of a deck has: as its report tells it to one who left all of it blank. */
function formOf(program, home, deck) {
  return JSON.parse(cutscore(program, home, ["exam", ...deck, "--json"], "-\n".repeat(200)));
}

/** Sits the exam of a deck; `line(item, idx)` is what is typed at a question, given what the report tells of it. */
function sit(program, home, deck, form, line) {
  const lines = form.items.map((item, idx) => `goto ${idx + 1}\n${line(item, idx)}\n`);
  cutscore(program, home, ["exam", ...deck, "--plain"], `${lines.join("")}submit\nsubmit\n`);
}

function wrong(item) {
  return item.key.includes("a") && item.key.length === 1 ? "b" : "a";
}

/** Three answers of five are right, two of them in one domain; some are marked. */
function middling(item, idx) {
  const isRight = idx % 5 < (item.domain === "security" ? 2 : 3);
  const word = idx % 7 === 0 ? " guess" : idx % 3 === 0 ? " sure" : "";
  const marks = idx % 9 === 4 ? "flag\nnote Read about `it` again.\n" : "";
  return `${marks}${isRight ? item.key.join(" ") : wrong(item)}${word}`;
}

/** Writes all pages below `work` and returns their paths by name. */
export function writePages(program, work) {
  const [failed, passed, attacked] = ["failed", "passed", "attacked"].map((name) => join(work, name));
  const form = formOf(program, join(work, "blank"), []);
  sit(program, failed, [], form, middling);
  sit(program, passed, [], form, (item) => item.key.join(" "));
  sit(program, attacked, [HOSTILE], formOf(program, join(work, "hostile-blank"), [HOSTILE]), (item, idx) => {
    const answers = { order: "a b c", match: "c b", typed: '= <script>owned=1</script> "onclick="owned=1' };
    const note = `note ${idx} <script>owned=1</script><img src=http://attacker.example/note>`;
    return `${note}\n${answers[item.item] ?? wrong(item)}`;
  });
  const pages = {};
  const write = (name, home, args) => {
    pages[name] = join(work, `${name}.html`);
    cutscore(program, home, [...args, "--html", pages[name]]);
  };
  write("report", failed, ["report"]);
  write("report-items", failed, ["report", "--filter", "flagged"]);
  write("report-passed", passed, ["report"]);
  write("report-authentic", failed, ["report", "--authentic"]);
  write("hostile-report", attacked, ["report", "--items"]);
  write("long-paper", failed, ["form", "print"]);
  write("paper", failed, ["form", "print", EVERY_TYPE]);
  write("hostile-paper", attacked, ["form", "print", HOSTILE]);
  for (const name of ["paper", "hostile-paper"]) pages[`${name}-key`] = join(work, `${name}-key.html`);
  return pages;
}

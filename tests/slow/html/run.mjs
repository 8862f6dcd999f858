// Looks at the program's HTML pages in a browser: node run.mjs PROGRAM CHROMIUM AXE [--pictures FOLDER]
//
// Each check passes on each page; then it is held against pages that were broken on purpose, and has to notice.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Browser, Tab } from "./browser.mjs";
import { accessible, inert, layout, print, schemes } from "./checks.mjs";
import { writePages } from "./pages.mjs";

const [program, chromium, axe, option, folder] = process.argv.slice(2);
const CHECKS = { layout, print, schemes, inert, accessible: accessible(axe) };

const style = (rules) => (html) => html.replace("</style>", `${rules}</style>`);
const body = (more) => (html) => html.replace("</main>", `${more}</main>`);

/** What is done to a good report, the check that has to notice it, and how its complaint begins. */
const BREAKAGES = [
  ["a table wider than the window", "layout", "overflow", style("table { width: 1500px }")],
  ["a text that does not fit its box", "layout", "clipped", style("header { height: 1rem; overflow: hidden }")],
  ["a heading on another text", "layout", "overlap", style("h2 { margin-bottom: -1.5rem }")],
  ["columns without a gap", "layout", "touch", style("th, td { padding: 0 !important }")],
  ["words that break anywhere", "layout", "broken", style("td { word-break: break-all; min-width: 0; width: 1px }")],
  ["words of a drawing that shrink with it", "layout", "small", style(".scale text { font-size: 7px }")],
  ["a page wider than the paper", "print", "overflow", style("body { width: 60rem }")],
  ["a page to its very edge", "print", "cut off", style("@page { margin: 0 }")],
  ["sections that are not printed", "print", "lost", style("@media print { section { display: none } }")],
  ["a part on a page of its own", "print", "pages", style("section { break-after: page } tr { height: 9cm }")],
  ["a heading alone at the end of a page", "print", "stranded", style("h2 + * { break-before: page }")],
  ["a dark page on paper", "print", "scheme", style("body { color: white; background: black }")],
  ["an empty page", "print", "empty", body("<p style='break-before: page'></p>")],
  ["no dark scheme", "schemes", "scheme", (html) => html.replace("prefers-color-scheme: dark", "width: 0")],
  ["a pale mark", "schemes", "contrast", style(".mark { fill: #bbb }")],
  ["a script of the deck", "inert", "owned", body("<script>owned = 1</script>")],
  ["a handler of the deck", "inert", "owned", body("<p onclick='owned = 1'>x</p>")],
  ["an element that does nothing yet", "inert", "element", body("<a>x</a>")],
  ["an attribute that does nothing yet", "inert", "attribute", body("<p style='color: red'>x</p>")],
  ["a picture from elsewhere", "inert", "request", body("<img src='http://attacker.example/x.png'>")],
  ["a style from elsewhere", "inert", "request", style("body { background: url(http://attacker.example/x.png) }")],
  ["a text that turns its direction", "inert", "hidden", body("<p>\u202eabc</p>")],
  ["a page without a language", "accessible", "axe html-has-lang", (html) => html.replace(' lang="en"', "")],
  ["soft words that are too soft", "accessible", "axe color-contrast", style(".facts { color: #aaa !important }")],
  ["a drawing without words", "accessible", "axe svg-img-alt", (html) => html.replaceAll(/aria-label="Score.*?"/g, "")],
];

/** The pictures of the documents: page, width, height and scheme. */
const PICTURES = [
  ["report", 360, 1075, "light"],
  ["report", 800, 955, "light"],
  ["report", 1400, 900, "light"],
  ["report", 800, 955, "dark"],
];

const work = mkdtempSync(join(tmpdir(), "pages-"));
const browser = new Browser(chromium);
let [nPassed, nFailed] = [0, 0];

/** Runs a test, which returns what is wrong, and tells how it went. */
async function test(name, find) {
  const started = Date.now();
  const faults = await find().catch((error) => [error.stack]);
  console.log(`test ${name} ... ${faults.length === 0 ? "ok" : "FAILED"}`);
  for (const fault of faults.slice(0, 10)) console.log(`  ${fault}`);
  if (faults.length > 10) console.log(`  and ${faults.length - 10} more`);
  if (faults.length === 0) nPassed++;
  else nFailed++;
}

async function takePictures(pages) {
  for (const [page, width, height, scheme] of PICTURES) {
    const tab = await Tab.open(browser, pages[page], { width, scheme });
    const name = `${page}-${scheme === "dark" ? "dark" : width}.png`;
    writeFileSync(join(folder, name), await tab.picture(width, height));
    await tab.close();
  }
}

try {
  const started = Date.now();
  const pages = writePages(program, work);
  if (option === "--pictures") await takePictures(pages);
  for (const [page, path] of Object.entries(pages)) {
    const hasDark = !page.includes("paper");
    // What can go wrong with a long page and not with a short one is its place on paper.
    const names = page.startsWith("long") ? ["layout", "print"] : Object.keys(CHECKS);
    for (const name of names) await test(`${page}: ${name}`, () => CHECKS[name](browser, path, hasDark));
  }
  const good = readFileSync(pages.report, "utf8");
  for (const [name, check, complaint, edit] of BREAKAGES) {
    await test(`${check} notices ${name}`, async () => {
      const path = join(work, "broken.html");
      writeFileSync(path, edit(good));
      const faults = await CHECKS[check](browser, path, true);
      const isNoticed = faults.some((fault) => fault.split(": ").slice(1).join(": ").startsWith(complaint));
      return isNoticed ? [] : [`no complaint begins with "${complaint}"`, ...faults];
    });
  }
  const verdict = nFailed === 0 ? "ok" : "FAILED";
  const seconds = ((Date.now() - started) / 1000).toFixed(2);
  console.log(`\ntest result: ${verdict}. ${nPassed} passed; ${nFailed} failed; finished in ${seconds}s`);
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = nFailed === 0 ? 0 : 1;

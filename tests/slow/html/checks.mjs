// The checks of a page. Each takes a browser and the path of a page and returns what is wrong with it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Tab } from "./browser.mjs";
import { attackFaults, axeFaults, layoutFaults, poke, readable, schemeFaults } from "./inside.mjs";

const WIDTHS = [360, 800, 1400];
/** In millimetres. */
const PAPERS = { A4: { width: 210, height: 297 }, Letter: { width: 215.9, height: 279.4 } };
/** The least margins that the pages ask for, and the edge that printers do not reach, in millimetres. */
const MARGIN = { side: 15, top: 16, bottom: 18 };
const EDGE = 5;
const POINTS = 72 / 25.4;
const PIXELS = 96 / 25.4;

/** For a program that complains of pages without words; so do we. */
const OUTPUT = { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] };

/** All that a page is made of. */
const KNOWN = {
  elements: [
    ...["html", "head", "meta", "title", "style", "body", "header", "main", "section", "article", "div", "span"],
    ...["h1", "h2", "h3", "p", "b", "strong", "em", "code", "pre", "blockquote", "br", "hr", "ul", "ol", "li"],
    ...["table", "caption", "thead", "tbody", "tr", "th", "td", "svg", "rect", "circle", "text"],
  ],
  attributes: [
    ...["lang", "charset", "http-equiv", "content", "name", "class", "scope", "role", "aria-label", "aria-hidden"],
    ...["focusable", "viewBox", "preserveAspectRatio", "x", "y", "cx", "cy", "r", "width", "height", "text-anchor", "start"],
  ],
};

/** Opens a page, lets `ask` look at it, and returns the faults that `ask` finds, each with `where`. */
async function look(browser, path, options, where, ask) {
  const tab = await Tab.open(browser, path, options);
  try {
    return (await ask(tab)).map((fault) => `${where}: ${fault}`);
  } finally {
    await tab.close();
  }
}

/** Runs checks one after another and returns the faults of all. */
async function all(cases, check) {
  const faults = [];
  for (const one of cases) faults.push(...(await check(one)));
  return faults;
}

export function layout(browser, path) {
  return all(WIDTHS, (width) => look(browser, path, { width }, `${width} px`, (tab) => tab.call(layoutFaults)));
}

export function schemes(browser, path, hasDark) {
  return all(["light", "dark"], (scheme) =>
    look(browser, path, { scheme }, scheme, (tab) => tab.call(schemeFaults, hasDark ? scheme : "light")),
  );
}

/** A dark screen prints black on white, nothing is cut off or lost, and no page is wasted. */
export function print(browser, path) {
  return all(Object.entries(PAPERS), ([name, paper]) => {
    const width = Math.floor((paper.width - 2 * MARGIN.side) * PIXELS);
    const options = { width, media: "print", scheme: "dark" };
    return look(browser, path, options, name, async (tab) => {
      const faults = [await tab.call(layoutFaults), await tab.call(schemeFaults, "light")].flat();
      const { height } = await tab.call(readable);
      await tab.media("", "dark");
      const screen = await tab.call(readable);
      const pages = pdfPages(await tab.pdf(paper));
      const usable = (paper.height - MARGIN.top - MARGIN.bottom) * PIXELS;
      return [...faults, ...paperFaults(pages, paper, screen, Math.ceil((1.25 * height) / usable) + 1)];
    });
  });
}

/** Returns the words of each page of a PDF, with their places in points. */
function pdfPages(pdf) {
  const folder = mkdtempSync(join(tmpdir(), "pdf-"));
  try {
    const file = join(folder, "page.pdf");
    writeFileSync(file, pdf);
    const boxes = execFileSync("pdftotext", ["-bbox", file, "-"], OUTPUT);
    const word = /<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)<\/word>/g;
    return boxes.split("<page ").slice(1).map((page) =>
      [...page.matchAll(word)].map(([, left, top, right, bottom, text]) => {
        return { left: +left, top: +top, right: +right, bottom: +bottom, text: text.replaceAll(/&[a-z]+;|&#\d+;/g, "") };
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function paperFaults(pages, paper, screen, most) {
  const faults = [];
  if (pages.length > most) faults.push(`pages: ${pages.length} where ${most} are enough`);
  const [right, bottom] = [paper.width - EDGE, paper.height - EDGE].map((end) => end * POINTS);
  const headings = screen.headings.map((heading) => heading.replaceAll(/\s/g, ""));
  pages.forEach((words, idx) => {
    const place = `page ${idx + 1}`;
    const isOff = (word) =>
      word.left < EDGE * POINTS || word.top < EDGE * POINTS || word.right > right || word.bottom > bottom;
    faults.push(...words.filter(isOff).map((word) => `cut off: ${word.text} on ${place}`));
    // Page numbers stand in the margin below.
    const own = words.filter((word) => word.top < (paper.height - MARGIN.bottom) * POINTS);
    if (own.length < 3) faults.push(`empty: ${place}`);
    const last = own.filter((word) => Math.abs(word.bottom - Math.max(...own.map((one) => one.bottom))) < 2);
    const line = last.map((word) => word.text).join("");
    if (headings.includes(line)) faults.push(`stranded: the heading ${line} ends ${place}`);
  });
  const count = (text) => {
    const counts = new Map();
    for (const letter of text.match(/[A-Za-z0-9]/g) ?? []) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    return counts;
  };
  const printed = count(pages.flat().map((word) => word.text).join(""));
  for (const [letter, n] of count(screen.text))
    if ((printed.get(letter) ?? 0) < n) faults.push(`lost: ${n - (printed.get(letter) ?? 0)} of ${n} letters ${letter}`);
  return faults;
}

/** No text of a deck or a candidate runs or loads anything: not even where the page's own policy does not hold. */
export function inert(browser, path) {
  return all([false, true], (lax) =>
    look(browser, path, { lax }, lax ? "without the policy" : "with the policy", async (tab) => {
      await tab.call(poke);
      const faults = await tab.call(attackFaults, KNOWN);
      return [...faults, ...tab.requests.map((url) => `request: ${url}`)];
    }),
  );
}

/** Returns a check by axe, whose code is in `file`. */
export function accessible(file) {
  const axe = readFileSync(file, "utf8");
  return (browser, path) =>
    all([{ width: 360 }, { width: 800 }, { scheme: "dark" }], (options) =>
      look(browser, path, options, Object.values(options)[0], async (tab) => {
        await tab.run(axe);
        return tab.call(axeFaults);
      }),
    );
}

// What is asked inside a page. Each function stands for itself: it is sent to the browser as text.

/** Finds what sticks out, is clipped, lies on something else, is broken apart or is too small to read. */
export function layoutFaults() {
  const faults = [];
  const width = document.documentElement.clientWidth;
  const short = (text) => JSON.stringify(text.trim().slice(0, 30));
  const nameOf = (element) => `<${element.localName}> ${short(element.textContent)}`;

  if (document.documentElement.scrollWidth > width)
    faults.push(`overflow: the page is ${document.documentElement.scrollWidth} px wide and its window ${width}`);
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if (box.width > 0 && (box.left < -0.5 || box.right > width + 0.5)) faults.push(`overflow: ${nameOf(element)}`);
    const style = getComputedStyle(element);
    const hides = [style.overflowX, style.overflowY].some((overflow) => overflow !== "visible");
    const isTooSmall = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
    if (hides && element instanceof HTMLElement && isTooSmall) faults.push(`clipped: ${nameOf(element)}`);
  }

  // Words with the boxes that they take, one for each line.
  const words = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const owner = node.parentElement;
    const scale = owner.getScreenCTM ? owner.getScreenCTM().a : 1;
    const size = Number.parseFloat(getComputedStyle(owner).fontSize) * scale;
    const block = owner.closest("p, td, th, li, h1, h2, h3, caption, pre, text, b, span");
    let isSmall = false;
    for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
      isSmall ||= boxes.length > 0 && size < 11;
      const isPlain = word.length <= 16 && /^[\p{Script=Latin}\p{N}.,:;!?%()'’“”−+]+$/u.test(word);
      if (isPlain && new Set(boxes.map((box) => Math.round(box.top))).size > 1)
        faults.push(`broken: ${short(word)} in ${nameOf(owner)}`);
      words.push(...boxes.map((box) => ({ word, block, box })));
    }
    if (isSmall) faults.push(`small: ${size.toFixed(1)} px in ${nameOf(owner)}`);
  }
  words.sort((one, other) => one.box.top - other.box.top);
  words.forEach(({ word, block, box }, idx) => {
    for (let next = idx + 1; next < words.length && words[next].box.top < box.bottom - 2; next++) {
      const other = words[next];
      const gap = Math.max(other.box.left - box.right, box.left - other.box.right);
      if (gap < -1) faults.push(`overlap: ${short(word)} and ${short(other.word)}`);
      else if (gap < 3 && other.block !== block) faults.push(`touch: ${short(word)} and ${short(other.word)}`);
    }
  });
  return faults;
}

/** Finds what a page of ours never has: elements and attributes that could load, lead away or run, and traces of it. */
export function attackFaults(known) {
  const faults = [];
  for (const element of document.querySelectorAll("*")) {
    if (!known.elements.includes(element.localName)) faults.push(`element: <${element.localName}>`);
    for (const { name } of element.attributes)
      if (!known.attributes.includes(name)) faults.push(`attribute: ${name} of <${element.localName}>`);
  }
  if (globalThis.owned !== undefined) faults.push("owned: a text of the deck ran");
  if (location.protocol !== "file:") faults.push(`left: ${location.href}`);
  const hidden = document.documentElement.textContent.match(/[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u061c\ufeff\u00ad]/u);
  if (hidden) faults.push(`hidden: U+${hidden[0].codePointAt(0).toString(16)}`);
  return faults;
}

/** Touches everything that could wait for it. */
export function poke() {
  const events = ["mouseover", "mouseenter", "pointerover", "focus", "click", "toggle", "animationstart", "error", "load"];
  for (const element of [document, ...document.querySelectorAll("*")])
    for (const event of events) element.dispatchEvent(new Event(event, { bubbles: true }));
  for (const element of document.querySelectorAll("*")) element.click?.();
  return new Promise((resolve) => setTimeout(resolve, 100));
}

/** Finds drawn parts that do not stand out from the page, and a page that is not in its scheme. */
export function schemeFaults(scheme) {
  const faults = [];
  const luminance = (color) => {
    const [red, green, blue] = color.match(/[\d.]+/g).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const paper = luminance(getComputedStyle(document.body).backgroundColor);
  const ink = luminance(getComputedStyle(document.body).color);
  if (paper > ink !== (scheme === "light")) faults.push(`scheme: the page is ${paper > ink ? "light" : "dark"}`);
  const least = { text: 4.5, mark: 3, score: 3, fill: 3 };
  for (const part of document.querySelectorAll("svg text, svg .mark, svg .score, svg .fill")) {
    const drawn = luminance(getComputedStyle(part).fill);
    const contrast = (Math.max(drawn, paper) + 0.05) / (Math.min(drawn, paper) + 0.05);
    if (contrast < (least[part.getAttribute("class")] ?? least.text))
      faults.push(`contrast: ${contrast.toFixed(1)} of <${part.localName}>`);
  }
  return faults;
}

/** Tells what a reader finds on the page. */
export function readable() {
  const headings = [...document.querySelectorAll("h2, h3")].map((heading) => heading.textContent);
  return { text: document.body.innerText, headings, height: document.body.scrollHeight };
}

/** Asks axe, which the page was given before. */
export async function axeFaults() {
  const { violations } = await globalThis.axe.run(document);
  return violations.map(({ id, help, nodes }) => `axe ${id}: ${help}: ${nodes[0].html.slice(0, 80)}`);
}

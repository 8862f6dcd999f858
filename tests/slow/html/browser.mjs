// A headless Chromium, spoken to over a pipe. No request of a page reaches anything: the proxy that it is to ask is not
// there.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--remote-debugging-pipe",
  "--hide-scrollbars",
  "--force-color-profile=srgb",
  "--no-first-run",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--proxy-server=http://127.0.0.1:9",
  "--proxy-bypass-list=<-loopback>",
];
/** Milliseconds in which the browser answers, however busy the machine is. */
const PATIENCE = 120_000;

export class Browser {
  #profile = mkdtempSync(join(tmpdir(), "browser-"));
  #answers = new Map();
  #listeners = new Map();
  #nSent = 0;
  #heard = "";

  constructor(program) {
    const stdio = ["ignore", "ignore", "ignore", "pipe", "pipe"];
    this.process = spawn(program, [...FLAGS, `--user-data-dir=${this.#profile}`], { stdio });
    this.process.stdio[4].setEncoding("utf8").on("data", (text) => this.#hear(text));
  }

  /** Sends a command and returns its answer; `session` is a tab. */
  send(method, params = {}, session = undefined) {
    const id = ++this.#nSent;
    this.process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId: session })}\0`);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${method}: no answer`)), PATIENCE);
      this.#answers.set(id, ({ result, error }) => {
        clearTimeout(timer);
        return error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result);
      });
    });
  }

  /** Calls `listener(method, params)` for what happens in a tab. */
  listen(session, listener) {
    this.#listeners.set(session, listener);
  }

  #hear(text) {
    const messages = (this.#heard + text).split("\0");
    this.#heard = messages.pop();
    for (const message of messages.map((message) => JSON.parse(message))) {
      this.#answers.get(message.id)?.(message);
      this.#answers.delete(message.id);
      if (message.method) this.#listeners.get(message.sessionId)?.(message.method, message.params);
    }
  }

  async close() {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    await this.send("Browser.close");
    await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** A tab with one page. */
export class Tab {
  /** What the page asked for beside itself. */
  requests = [];

  /** Opens a file. With `lax`, the page's own security policy does not hold. */
  static async open(browser, path, { width = 800, scheme = "light", media = "", lax = false } = {}) {
    const tab = new Tab();
    tab.browser = browser;
    const { targetId } = await browser.send("Target.createTarget", { url: "about:blank" });
    tab.target = targetId;
    tab.session = (await browser.send("Target.attachToTarget", { targetId, flatten: true })).sessionId;
    const url = `file://${path}`;
    const loaded = new Promise((resolve) =>
      browser.listen(tab.session, (method, params) => {
        if (method === "Page.loadEventFired") resolve();
        if (method === "Network.requestWillBeSent" && params.request.url !== url) tab.requests.push(params.request.url);
        if (method === "Page.javascriptDialogOpening") tab.send("Page.handleJavaScriptDialog", { accept: true });
      }),
    );
    await tab.send("Page.enable");
    await tab.send("Network.enable");
    await tab.send("Page.setBypassCSP", { enabled: lax });
    await tab.media(media, scheme);
    await tab.resize(width);
    await tab.send("Page.navigate", { url });
    await loaded;
    return tab;
  }

  send(method, params) {
    return this.browser.send(method, params, this.session);
  }

  /** Shows the page as on a medium, `print` or the usual one, in a scheme, `light` or `dark`. */
  media(media, scheme) {
    const features = [{ name: "prefers-color-scheme", value: scheme }];
    return this.send("Emulation.setEmulatedMedia", { media, features });
  }

  resize(width, height = 900) {
    const mobile = width < 500;
    return this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile });
  }

  /** Calls a function inside the page; it sees nothing but its arguments, which are values. */
  async call(inside, ...args) {
    return this.run(`(${inside})(...${JSON.stringify(args)})`);
  }

  /** Runs code inside the page. */
  async run(expression) {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async pdf({ width, height }) {
    const inches = { paperWidth: width / 25.4, paperHeight: height / 25.4 };
    const { data } = await this.send("Page.printToPDF", { ...inches, printBackground: false });
    return Buffer.from(data, "base64");
  }

  /** Takes a picture of the page from its top. */
  async picture(width, height) {
    const clip = { x: 0, y: 0, width, height, scale: 1 };
    const { data } = await this.send("Page.captureScreenshot", { clip, captureBeyondViewport: true });
    return Buffer.from(data, "base64");
  }

  close() {
    return this.browser.send("Target.closeTarget", { targetId: this.target });
  }
}

import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** Whether pages can be looked at; tests that cannot be run say so in their title. */
export const hasBrowser = existsSync(CHROMIUM);
export const BROWSER = `in a browser without network (needs ${CHROMIUM} or CHROMIUM_PATH)`;

export interface OpenPage {
  page: Page;
  /** Addresses the page asked for. */
  requested: string[];
  /** Messages on its console, and errors. */
  complaints: string[];
  close: () => Promise<void>;
}

/** Opens a file in Chromium, offline: whatever is not a file is refused, and noted. */
export async function openOffline(file: string): Promise<OpenPage> {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--no-first-run'],
    ],
  });
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  await context.setOffline(true);
  const requested: string[] = [];
  const complaints: string[] = [];
  await context.route('**/*', (route) => {
    requested.push(route.request().url());
    return route.request().url().startsWith('file:') ? route.continue() : route.abort();
  });
  const page = await context.newPage();
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  await page.goto(pathToFileURL(file).href);
  return { page, requested, complaints, close: () => browser.close() };
}

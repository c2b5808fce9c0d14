// The inspector in a real browser: `npm ci && npm test` in this folder, with the emulator built.
//
// CHROMIUM names the browser, EMULATOR the program, and SCREENSHOTS a folder for pictures of every view.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { once } from 'node:events';
import { chromium } from 'playwright-core';

const program = process.env.EMULATOR
  ?? fileURLToPath(new URL('../../target/debug/intercom-emulator', import.meta.url));
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Starts the emulator, and returns where it listens. */
async function start(...options) {
  const emulator = spawn(program, ['--listen', '127.0.0.1:0', '--json', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(emulator.stdout, 'data');
  return { emulator, url: JSON.parse(line).url };
}

/** Receives notifications, and keeps those whose signature is right. */
async function receive(secret) {
  const topics = [];
  const server = createServer((request, reply) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const signature = `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`;
      if (request.method === 'POST' && request.headers['x-hub-signature'] === signature) topics.push(JSON.parse(body).topic);
      reply.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, topics, url: `http://127.0.0.1:${server.address().port}/hooks` };
}

const { emulator, url } = await start('--size', '60', '--rate-limit', '20');
const isolated = await start('--size', '10', '--isolate');
const receiver = await receive('s3cret');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
const errors = [];

async function send(method, path, body, headers = {}, origin = url) {
  const reply = await fetch(origin + path, {
    method,
    headers: { Authorization: 'Bearer any', 'Content-Type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
  });
  return reply.status;
}

async function open(width, colorScheme, origin = url) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:') && !request.url().startsWith('blob:')) errors.push(`asks elsewhere: ${request.url()}`);
  });
  page.on('dialog', (dialog) => dialog.accept());
  await page.goto(`${origin}/_emulator/`);
  return page;
}

async function picture(page, name) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${name} is ${wide} pixels wider than the window`);
  if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png` });
}

try {
  for (const [width, scheme] of [[1280, 'light'], [480, 'dark']]) {
    const page = await open(width, scheme);
    const seen = (text) => page.getByText(text, { exact: false }).filter({ visible: true }).first().waitFor({ timeout: 5000 });

    // Requests appear as they come, and can be chosen with the keyboard alone.
    await send('POST', '/_emulator/reset', {});
    const email = `ada-${width}@example.com`;
    assert.equal(await send('POST', '/contacts', { email, name: 'Ada' }), 200);
    assert.equal(await send('GET', '/contacts?per_page=3'), 200);
    assert.equal(await send('GET', '/me', undefined, { 'X-Emulator-Fault': 'status=503' }), 503);
    await page.locator('#request-list .item').nth(2).waitFor({ timeout: 5000 });
    await picture(page, `requests-${width}`);
    await page.locator('#request-list').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.locator('#request-detail').getByText(email).first().waitFor({ timeout: 5000 });
    await page.locator('#request-detail').getByText('contacts::Create').waitFor();
    await picture(page, `request-${width}`);
    await page.locator('#filter-status').selectOption('fault');
    assert.equal(await page.locator('#request-list .item').count(), 1);

    // The workspace can be browsed, and objects lead to each other.
    await page.getByRole('tab', { name: 'Workspace' }).click();
    await page.locator('#object-list .item').nth(5).waitFor({ timeout: 5000 });
    await page.locator('#search-text').fill('Ada');
    await page.locator('#workspace-search').getByRole('button', { name: 'Search' }).click();
    await page.locator('#object-list .item', { hasText: email }).click();
    await page.locator('#object-detail').getByText(email).first().waitFor({ timeout: 5000 });
    await picture(page, `workspace-${width}`);
    for (const resource of await page.locator('#resource option').allTextContents()) {
      await page.locator('#resource').selectOption(resource);
      await seen('shown');
      assert.equal(await page.locator('#message.bad').count(), 0, resource);
    }
    await page.locator('#resource').selectOption('Conversations');
    await page.locator('#object-list .item').first().click();
    await page.locator('#object-detail pre a').first().click();
    await page.locator('#object-detail').getByText('GET /').waitFor({ timeout: 5000 });

    // Faults are injected, turned off and removed.
    await page.getByRole('tab', { name: 'Faults' }).click();
    await page.locator('[name=operation]').fill('admins::Me');
    await page.locator('#new-fault [name=always]').check();
    await page.getByRole('button', { name: 'Inject' }).click();
    await page.locator('#fault-list').getByText('admins::Me').waitFor({ timeout: 5000 });
    assert.equal(await send('GET', '/me'), 503);
    await picture(page, `faults-${width}`);
    await page.locator('#fault-list input[type=checkbox]').uncheck();
    await seen('Turned off.');
    assert.equal(await send('GET', '/me'), 200);
    await page.getByRole('button', { name: 'Remove all' }).click();
    await seen('No faults.');

    // Webhooks are subscribed, and deliveries replayed.
    await page.getByRole('tab', { name: 'Webhooks' }).click();
    await page.locator('[name=url]').fill(receiver.url);
    await page.locator('#new-webhook [name=kind]').selectOption('fin_agent');
    await page.locator('#new-webhook [name=kind]').selectOption('notifications');
    await page.locator('[name=secret]').fill('s3cret');
    await page.locator('[name=topics]').fill('contact.*');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await seen('delivered');
    await send('POST', '/contacts', { email: `bob-${width}@example.com` });
    const delivery = page.locator('#delivery-list .item', { hasText: 'contact.user.created' });
    await delivery.getByText('delivered').waitFor({ timeout: 5000 });
    await delivery.click();
    await picture(page, `webhooks-${width}`);
    const before = receiver.topics.length;
    await page.getByRole('button', { name: 'Replay' }).click();
    await page.locator('#delivery-list .item', { hasText: 'contact.user.created' }).nth(1).getByText('delivered').waitFor({ timeout: 5000 });
    assert.equal(receiver.topics.length, before + 1);
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await seen('No webhooks.');

    // The clock and the quota.
    await page.getByRole('tab', { name: 'Clock and quota' }).click();
    await page.getByRole('button', { name: 'Freeze' }).click();
    await seen('Frozen');
    await Promise.all(Array.from({ length: 25 }, () => send('GET', '/me')));
    await page.getByRole('button', { name: '+10 min' }).click();
    await Promise.all(Array.from({ length: 12 }, () => send('GET', '/me')));
    await seen('12 of 20 used');
    assert.ok(await page.locator('#plot .refused').count() > 0);
    await picture(page, `clock-${width}`);

    // Snapshots bring back what was there.
    await page.getByRole('tab', { name: 'Snapshots' }).click();
    await page.getByRole('button', { name: 'Take a snapshot' }).click();
    await seen('Taken.');
    await send('PUT', '/_emulator/clock', { advance_by: 60 });
    await send('POST', '/contacts', { email: 'gone@example.com' });
    await page.getByRole('button', { name: 'Restore', exact: true }).click();
    await seen('is restored.');
    await picture(page, `snapshots-${width}`);
    await page.getByRole('button', { name: 'Reset the emulator' }).click();
    await seen('The emulator is as it started.');

    // The tabs can be walked with the arrow keys.
    await page.getByRole('tab', { name: 'Snapshots' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('#requests').waitFor({ state: 'visible' });
    await page.close();
  }

  // With --isolate, the token chooses the workspace.
  for (const token of ['one', 'two']) {
    const headers = { Authorization: `Bearer ${token}` };
    assert.equal(await send('POST', '/contacts', { email: `${token}@example.com` }, headers, isolated.url), 200);
  }
  const page = await open(1280, 'light', isolated.url);
  await page.getByText('each token has a workspace of its own').first().waitFor({ timeout: 5000 });
  for (const token of ['one', 'two']) {
    await page.locator('#token').fill(token);
    await page.locator('#token').press('Enter');
    await page.locator('#request-list .item').first().click();
    await page.locator('#request-detail').getByText(`${token}@example.com`).first().waitFor({ timeout: 5000 });
    assert.equal(await page.locator('#request-list .item').count(), 1);
    assert.equal(await page.locator('#message').textContent(), '');
    await picture(page, `isolated-${token}`);
  }
  await page.close();
  assert.deepEqual(errors, []);
  console.log('the inspector works at both widths');
} finally {
  await browser.close();
  receiver.server.close();
  for (const program of [emulator, isolated.emulator]) {
    program.kill('SIGTERM');
    const [code] = await once(program, 'exit');
    assert.equal(code, 0);
  }
}

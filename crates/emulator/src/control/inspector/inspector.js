// The inspector: one page over the control API.

const ROOT = '/_emulator';
const $ = (id) => document.getElementById(id);

/** Makes an element. Text is never parsed as HTML. */
function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

function say(text, bad = false) {
  $('message').textContent = text;
  $('message').className = bad ? 'bad' : '';
}

let token = sessionStorage.getItem('token') ?? '';

async function call(method, path, body) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const reply = await fetch(ROOT + path, { method, headers, body: text });
  const content = await reply.text();
  const value = content ? JSON.parse(content) : null;
  if (!reply.ok) {
    throw new Error(value?.error?.message ?? value?.errors?.[0]?.message ?? `${reply.status}`);
  }
  return value;
}

/** Runs an action and says what went wrong. */
async function attempt(action, done) {
  try {
    const result = await action();
    if (done) say(done);
    return result;
  } catch (error) {
    say(error.message, true);
    return undefined;
  }
}

const clockTime = (seconds) => new Date(seconds * 1000).toISOString().slice(11, 23);

function statusClass(status) {
  if (status == null || status >= 500) return 'bad';
  return status >= 400 ? 'warn' : 'ok';
}

// JSON with links

const PATHS = {
  contact: 'contacts', user: 'contacts', lead: 'contacts', company: 'companies', admin: 'admins',
  conversation: 'conversations', ticket: 'tickets', tag: 'tags', team: 'teams', segment: 'segments',
  article: 'articles', collection: 'help_center/collections', ticket_type: 'ticket_types',
  note: 'notes', news_item: 'news/news_items',
};

function link(path, text) {
  return el('a', { href: `#workspace${path}` }, text);
}

/** Where the value of a field leads, if anywhere. */
function target(key, value, parent) {
  if (value == null || value === '' || value === '0') return undefined;
  if (key === 'id' && PATHS[parent?.type]) return `/${PATHS[parent.type]}/${value}`;
  if (key === 'url' && typeof value === 'string' && value.startsWith('/')) return value;
  const reference = /^(admin|contact|company|conversation|ticket|team|author|owner)_(?:assignee_)?id$/.exec(key);
  if (!reference) return undefined;
  const kind = { author: 'admin', owner: 'admin' }[reference[1]] ?? reference[1];
  return `/${PATHS[kind]}/${value}`;
}

function pretty(value) {
  const out = el('pre', { tabindex: 0 });
  const write = (node, depth, key, parent) => {
    const pad = '  '.repeat(depth);
    if (Array.isArray(node) || (node && typeof node === 'object')) {
      const entries = Object.entries(node);
      const [open, close] = Array.isArray(node) ? '[]' : '{}';
      if (!entries.length) return out.append(open + close);
      out.append(`${open}\n`);
      entries.forEach(([name, child], index) => {
        out.append(`${pad}  `);
        if (!Array.isArray(node)) out.append(el('span', { class: 'k' }, JSON.stringify(name)), ': ');
        write(child, depth + 1, name, node);
        out.append(index < entries.length - 1 ? ',\n' : '\n');
      });
      return out.append(pad + close);
    }
    const text = JSON.stringify(node);
    const to = target(key, node, parent);
    if (to) return out.append(link(to, text));
    return out.append(el('span', { class: typeof node === 'string' ? 's' : 'n' }, text));
  };
  if (typeof value === 'string') out.append(value);
  else write(value, 0);
  return out;
}

// Lists in which the arrow keys choose

function choices(list, onChoose) {
  list.addEventListener('keydown', (event) => {
    const items = [...list.querySelectorAll('[role=option]')];
    const at = items.findIndex((item) => item.getAttribute('aria-selected') === 'true');
    const steps = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
    if (!(event.key in steps) || !items.length) return;
    event.preventDefault();
    const next = Math.min(items.length - 1, Math.max(0, at < 0 ? 0 : at + steps[event.key]));
    items[next].scrollIntoView({ block: 'nearest' });
    onChoose(items[next].dataset.key);
  });
  list.addEventListener('click', (event) => {
    const item = event.target.closest('[role=option]');
    if (item) onChoose(item.dataset.key);
  });
}

function option(list, key, chosen, ...children) {
  const id = `${list.id}-${key}`;
  if (chosen) list.setAttribute('aria-activedescendant', id);
  return el('div', { role: 'option', class: 'item', id, 'data-key': key, 'aria-selected': String(chosen) }, ...children);
}

function fill(list, items, nothing) {
  const top = list.scrollTop;
  list.replaceChildren(...(items.length ? items : [el('p', { class: 'empty' }, nothing)]));
  list.scrollTop = top;
}

// Requests

let requests = [];
let last = 0;
let paused = false;
let chosenRequest;

async function pollRequests() {
  if (paused) return;
  const journal = await call('GET', `/journal?brief=true&since=${last}&limit=500`);
  if (journal.total < last) {
    requests = [];
    last = 0;
    return;
  }
  if (!journal.requests.length && last) return;
  last = journal.total;
  requests = requests.concat(journal.requests).slice(-2000);
  showRequests();
}

function showRequests() {
  const text = $('filter-text').value.toLowerCase();
  const status = $('filter-status').value;
  const shown = requests.filter((entry) => {
    const words = `${entry.method} ${entry.path} ${entry.operation ?? ''}`.toLowerCase();
    const fits = !status || (status === 'fault' ? entry.faulty : String(entry.status ?? '').startsWith(status));
    return fits && words.includes(text);
  });
  const list = $('request-list');
  const items = shown.slice(-500).reverse().map((entry) => {
    const state = entry.status ?? 'broken';
    return option(list, entry.index, entry.index === chosenRequest,
      el('span', { class: 'method' }, entry.method),
      el('span', { class: 'path' }, entry.path),
      el('span', { class: statusClass(entry.status) }, String(state)),
      el('span', { class: 'note' },
        `${clockTime(entry.at)} · ${entry.operation ?? 'no operation'} · ${entry.version}${entry.faulty ? ' · fault' : ''}`));
  });
  fill(list, items, requests.length ? 'No request fits the filter.' : 'No requests yet. They appear here as they come.');
}

function curl(entry) {
  const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const lines = [`curl -X ${entry.method} ${quote(location.origin + entry.path)}`];
  const left = ['host', 'content-length', 'connection', 'accept-encoding'];
  for (const [name, value] of Object.entries(entry.headers)) {
    if (left.includes(name)) continue;
    lines.push(`-H ${quote(`${name}: ${name === 'authorization' ? 'Bearer TOKEN' : value}`)}`);
  }
  if (entry.body != null) {
    lines.push(`--data ${quote(typeof entry.body === 'string' ? entry.body : JSON.stringify(entry.body))}`);
  }
  return lines.join(' \\\n  ');
}

function headers(title, fields) {
  const rows = Object.entries(fields).map(([name, value]) =>
    el('tr', {}, el('th', { scope: 'row' }, name), el('td', {}, value)));
  return el('details', {}, el('summary', {}, `${title} (${rows.length})`),
    el('table', { class: 'headers' }, el('tbody', {}, ...rows)));
}

async function chooseRequest(key) {
  chosenRequest = Number(key);
  showRequests();
  const entry = await attempt(() => call('GET', `/journal/${key}`));
  if (!entry) return;
  const copy = el('button', {
    type: 'button',
    onclick: () => attempt(() => navigator.clipboard.writeText(curl(entry)), 'Copied. Put your token in the place of TOKEN.'),
  }, 'Copy as curl');
  const body = (value, length) => (value == null ? el('p', { class: 'muted' }, 'No body.') : el('div', {},
    el('p', { class: 'muted' }, `${length} bytes`), pretty(value)));
  $('request-detail').replaceChildren(
    el('h2', {}, `${entry.method} ${entry.path}`),
    el('dl', {},
      el('dt', {}, 'Operation'), el('dd', {}, entry.operation ?? 'none at this address'),
      el('dt', {}, 'Version'), el('dd', {}, entry.version),
      el('dt', {}, 'Status'), el('dd', { class: statusClass(entry.status) },
        entry.status == null ? 'no reply' : `${entry.status}${entry.faulty ? ', by a fault' : ''}`),
      el('dt', {}, 'Number'), el('dd', {}, `${entry.index}, at ${clockTime(entry.at)}`)),
    el('div', { class: 'row' }, copy),
    el('h2', {}, 'Request'), headers('Headers', entry.headers), body(entry.body, entry.body_length),
    el('h2', {}, 'Reply'), headers('Headers', entry.reply.headers), body(entry.reply.body, entry.reply.body_length));
}

choices($('request-list'), chooseRequest);
$('request-filter').addEventListener('input', showRequests);
$('request-filter').addEventListener('submit', (event) => event.preventDefault());
$('pause').addEventListener('click', () => {
  paused = !paused;
  $('pause').setAttribute('aria-pressed', String(paused));
  $('pause').textContent = paused ? 'Resume' : 'Pause';
});
$('clear-journal').addEventListener('click', () => attempt(async () => {
  await call('DELETE', '/journal');
  requests = [];
  chosenRequest = undefined;
  $('request-detail').replaceChildren();
  showRequests();
}, 'The journal is empty.'));

// Workspace

/** Resources: name, path of the list, fields that an object is called by. */
const RESOURCES = [
  ['Contacts', '/contacts?per_page=25'],
  ['Companies', '/companies?per_page=25'],
  ['Conversations', '/conversations?per_page=25'],
  ['Tickets', '/tickets/search'],
  ['Articles', '/articles?per_page=25'],
  ['Internal articles', '/internal_articles'],
  ['Collections', '/help_center/collections?per_page=25'],
  ['Help Centers', '/help_center/help_centers'],
  ['Admins', '/admins'],
  ['Teams', '/teams'],
  ['Tags', '/tags'],
  ['Segments', '/segments'],
  ['Data attributes', '/data_attributes'],
  ['Subscription types', '/subscription_types'],
  ['Ticket types', '/ticket_types'],
  ['News items', '/news/news_items'],
  ['Newsfeeds', '/news/newsfeeds'],
  ['Macros', '/macros'],
  ['Away reasons', '/away_status_reasons'],
  ['Content sources', '/ai/content_import_sources'],
];

/** What can be searched by the API itself. */
const SEARCHES = {
  '/contacts': ['name', 'email', 'external_id'],
  '/tickets/search': ['_default_title_'],
};

let objects = [];
let nextPage;
let chosenObject;

function look(path, body) {
  return call(body ? 'POST' : 'GET', `/look${path}`, body);
}

function itemsOf(page) {
  if (Array.isArray(page)) return page;
  const lists = Object.entries(page ?? {}).filter(([, value]) => Array.isArray(value));
  const known = lists.find(([name]) => name !== 'errors');
  return known ? known[1] : [];
}

function nameOf(object) {
  const title = object.name ?? object.title ?? object.email ?? object.label ?? object.external_id
    ?? object.ticket_attributes?._default_title_ ?? object.source?.body?.replace(/<[^>]*>/g, '')
    ?? object.identifier ?? object.url;
  return title || `${object.type ?? 'object'} ${object.id}`;
}

async function loadObjects(more = false) {
  const path = $('resource').value;
  const text = $('search-text').value.trim();
  const [base] = path.split('?');
  let request = [path, undefined];
  if (more && nextPage?.path) request = [nextPage.path, undefined];
  else if (base === '/tickets/search' || (text && base === '/contacts')) {
    const fields = text ? SEARCHES[base] : [];
    const terms = fields.map((field) => ({ field, operator: '~', value: text }));
    const all = { field: 'created_at', operator: '>', value: '0' };
    const query = base === '/contacts' ? { operator: 'OR', value: terms } : all;
    request = [base === '/contacts' ? '/contacts/search' : base, {
      query, pagination: { per_page: 25, starting_after: more ? nextPage?.after : undefined },
    }];
  }
  const page = await attempt(() => look(...request));
  if (!page) return;
  const next = page.pages?.next;
  nextPage = undefined;
  if (typeof next === 'string') nextPage = { path: next.replace(/^https?:\/\/[^/]*/, '') };
  else if (next?.starting_after && request[1]) nextPage = { after: next.starting_after };
  else if (next?.starting_after) nextPage = { path: `${path}&starting_after=${encodeURIComponent(next.starting_after)}` };
  $('next-page').disabled = !nextPage;
  objects = itemsOf(page);
  // The API does not search everything: the rest is searched here, a page at a time.
  if (text && !(base === '/contacts')) {
    const wanted = text.toLowerCase();
    objects = objects.filter((object) => JSON.stringify(object).toLowerCase().includes(wanted));
  }
  const total = page.total_count ?? page.pages?.total_count;
  say(`${objects.length} shown${total == null ? '' : ` of ${total}`}.`);
  showObjects();
}

function showObjects() {
  const list = $('object-list');
  const items = objects.map((object, index) => option(list, index, index === chosenObject,
    el('span', { class: 'method' }, String(index + 1)),
    el('span', { class: 'path' }, String(nameOf(object)).slice(0, 120)),
    el('span', { class: 'muted' }, object.state ?? object.role ?? object.category ?? ''),
    el('span', { class: 'note' }, `${object.id ?? ''}${object.email && object.name ? ` · ${object.email}` : ''}`)));
  fill(list, items, 'Nothing here.');
}

function showObject(path, object) {
  const address = path ? [el('p', { class: 'muted' }, `GET ${path}`)] : [];
  const related = object?.type === 'contact' ? ['conversations', 'companies', 'tags', 'notes', 'segments', 'subscriptions'] : [];
  const links = related.filter((name) => name !== 'conversations').map((name) => link(`/contacts/${object.id}/${name}`, name));
  const row = links.length ? el('p', { class: 'row' }, 'Related: ', ...links) : null;
  $('object-detail').replaceChildren(...address, ...(row ? [row] : []), pretty(object));
}

async function openPath(path) {
  const object = await attempt(() => look(path));
  if (object) {
    showObject(path, object);
    $('object-detail').focus();
  }
}

choices($('object-list'), (key) => {
  chosenObject = Number(key);
  showObjects();
  const object = objects[chosenObject];
  const base = PATHS[object?.type];
  if (base && object.id) {
    attempt(() => look(`/${base}/${object.id}`)).then((whole) => showObject(`/${base}/${object.id}`, whole ?? object));
  } else showObject(undefined, object);
});
$('resource').append(...RESOURCES.map(([name, path]) => el('option', { value: path }, name)));
$('workspace-search').addEventListener('submit', (event) => {
  event.preventDefault();
  chosenObject = undefined;
  loadObjects();
});
$('resource').addEventListener('change', () => {
  chosenObject = undefined;
  $('search-text').value = '';
  loadObjects();
});
$('next-page').addEventListener('click', () => {
  chosenObject = undefined;
  loadObjects(true);
});

// Webhooks

let deliveries = [];
let chosenDelivery;

const KINDS = { notifications: 'topics', fin_agent: 'events of Fin', uninstall: 'uninstalls' };

async function pollWebhooks() {
  const { webhooks, topics } = await call('GET', '/webhooks');
  if (!$('topics').childElementCount) $('topics').append(...topics.map((topic) => el('option', { value: topic })));
  const rows = webhooks.map((webhook) => el('tr', {},
    el('td', {}, webhook.url ?? 'in process'),
    el('td', {}, webhook.topics.join(', ') || `all ${KINDS[webhook.kind]}`),
    el('td', { class: webhook.enabled ? 'ok' : 'bad' }, webhook.enabled ? 'enabled' : `disabled: ${webhook.reason}`),
    el('td', {},
      el('button', { type: 'button', 'data-focus': `ping-${webhook.id}`, onclick: () => act('POST', `/webhooks/${webhook.id}/ping`, 'A ping is on its way.') }, 'Ping'), ' ',
      el('button', { type: 'button', 'data-focus': `remove-${webhook.id}`, onclick: () => act('DELETE', `/webhooks/${webhook.id}`, 'Removed.') }, 'Remove'))));
  table($('webhook-list'), ['Address', 'Topics', 'State', ''], rows, 'No webhooks. Subscribe one above, or start with --webhook.');
  deliveries = (await call('GET', '/deliveries?limit=500')).deliveries;
  showDeliveries();
}

function showDeliveries() {
  const list = $('delivery-list');
  const colour = { delivered: 'ok', failed: 'bad', dropped: 'bad' };
  const items = [...deliveries].reverse().map((delivery) => {
    const attempt = delivery.attempts.at(-1);
    const result = attempt ? attempt.status ?? attempt.error : 'not sent yet';
    return option(list, delivery.id, delivery.id === chosenDelivery,
      el('span', { class: 'method' }, `#${delivery.id}`),
      el('span', { class: 'path' }, delivery.topic ?? 'HEAD check'),
      el('span', { class: colour[delivery.state] ?? 'warn' }, delivery.state.replace('_', ' ')),
      el('span', { class: 'note' }, `${clockTime(delivery.created_at)} · attempt ${delivery.attempts.length} · ${result}${attempt ? ` · ${attempt.took_ms} ms` : ''}`));
  });
  fill(list, items, 'No deliveries yet.');
}

choices($('delivery-list'), (key) => {
  chosenDelivery = Number(key);
  showDeliveries();
  const delivery = deliveries.find((it) => it.id === chosenDelivery);
  const rows = delivery.attempts.map((attempt) => el('tr', {},
    el('td', {}, clockTime(attempt.at)), el('td', {}, String(attempt.status ?? '')),
    el('td', {}, attempt.error ?? ''), el('td', {}, `${attempt.took_ms} ms`)));
  const attempts = el('div', {});
  table(attempts, ['At', 'Status', 'Error', 'Took'], rows, 'Not sent yet.');
  $('delivery-detail').replaceChildren(
    el('h2', {}, delivery.topic ?? 'HEAD check'),
    el('p', { class: 'muted' }, delivery.notification ?? ''),
    el('div', { class: 'row' }, el('button', {
      type: 'button', onclick: () => act('POST', `/deliveries/${delivery.id}/replay`, 'It is delivered again.'),
    }, 'Replay')),
    attempts, el('h2', {}, 'Item'), pretty(delivery.item));
});
$('new-webhook').addEventListener('submit', (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  const topics = form.get('topics').split(',').map((topic) => topic.trim()).filter(Boolean);
  act('POST', '/webhooks', 'Subscribed.', { url: form.get('url'), kind: form.get('kind'), secret: form.get('secret'), topics });
});

// Faults

async function pollFaults() {
  const { faults } = await call('GET', '/faults');
  const rows = faults.map((fault) => {
    const calls = fault.always ? `all from call ${fault.nth} on` : `${fault.times} from call ${fault.nth} on`;
    const what = [fault.kind, fault.status, fault.wait_seconds && `${fault.wait_seconds} s`, fault.pause_ms && `${fault.pause_ms} ms`];
    const toggle = el('input', {
      type: 'checkbox', checked: fault.enabled, 'data-focus': `toggle-${fault.id}`, 'aria-label': `Fault ${fault.id} is in force`,
      onchange: (event) => act('PATCH', `/faults/${fault.id}`, event.target.checked ? 'Turned on.' : 'Turned off.', { enabled: event.target.checked }),
    });
    return el('tr', {}, el('td', {}, toggle), el('td', {}, fault.operation ?? 'any operation'),
      el('td', {}, what.filter(Boolean).join(' ')), el('td', {}, calls), el('td', {}, `${fault.seen} seen`),
      el('td', {}, el('button', { type: 'button', 'data-focus': `delete-${fault.id}`, onclick: () => act('DELETE', `/faults/${fault.id}`, 'Removed.') }, 'Remove')));
  });
  table($('fault-list'), ['On', 'Operation', 'Fault', 'Calls', 'Matched', ''], rows, 'No faults.');
}

/** Fills a table, and keeps the focus where it is. */
function table(place, titles, rows, nothing) {
  const focus = document.activeElement?.dataset?.focus;
  const head = el('tr', {}, ...titles.map((title) => el('th', { scope: 'col' }, title)));
  place.className = 'scroll';
  place.replaceChildren(rows.length
    ? el('table', {}, el('thead', {}, head), el('tbody', {}, ...rows))
    : el('p', { class: 'empty' }, nothing));
  if (focus) place.querySelector(`[data-focus="${focus}"]`)?.focus();
}

async function act(method, path, done, body = method === 'DELETE' ? undefined : {}) {
  await attempt(() => call(method, path, body), done);
  await refresh();
}

function showFaultFields() {
  const kind = $('fault-kind').value;
  for (const label of document.querySelectorAll('[data-for]')) {
    label.hidden = !label.dataset.for.split(' ').includes(kind);
  }
}

$('fault-kind').append(...['status', 'page', 'rate_limited', 'empty_body', 'truncated_body', 'short_length', 'broken_gzip',
  'trickle', 'reset_before', 'reset_after', 'close_after', 'hang'].map((kind) => el('option', {}, kind)));
$('fault-kind').addEventListener('change', showFaultFields);
showFaultFields();
$('new-fault').addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target.elements;
  const fault = { kind: form.kind.value, nth: Number(form.nth.value) };
  if (form.operation.value) fault.operation = form.operation.value;
  if (form.always.checked) fault.always = true;
  else fault.times = Number(form.times.value);
  for (const label of document.querySelectorAll('[data-for]')) {
    const input = label.querySelector('input');
    if (!label.hidden) fault[input.name] = Number(input.value);
  }
  act('POST', '/faults', 'The fault is in force.', fault);
});
$('clear-faults').addEventListener('click', () => act('DELETE', '/faults', 'All faults are removed.'));

// Clock and quota

let frozen = false;

async function pollClock() {
  const clock = await call('GET', '/clock');
  frozen = clock.frozen;
  $('time').textContent = clock.time.replace('T', ' ').replace(/\.\d+/, '');
  $('rate').textContent = frozen ? 'Frozen' : `Runs at ${clock.rate} × real time`;
  $('freeze').textContent = frozen ? 'Let it run' : 'Freeze';
  const quota = await call('GET', '/quota');
  const { window: current, past, limit } = quota;
  $('used').textContent = limit == null ? `${current.used} used, no limit` : `${current.used} of ${limit} used`;
  $('resets').textContent = `The window ends in ${Math.max(0, Math.round(current.end - clock.now))} s.`;
  plot([...past, current], limit);
}

function plot(windows, limit) {
  const shown = windows.slice(-30);
  const top = Math.max(1, ...shown.map((it) => it.used + it.refused), limit != null && limit < 1e6 ? limit : 0);
  const svg = (name, attributes) => {
    const node = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  };
  const width = 300 / 30;
  const bars = shown.flatMap((it, index) => {
    const x = 300 - (shown.length - index) * width + 1;
    const used = (it.used / top) * 76;
    const refused = (it.refused / top) * 76;
    return [
      svg('rect', { class: 'used', x, width: width - 2, y: 80 - used, height: used }),
      svg('rect', { class: 'refused', x, width: width - 2, y: 80 - used - refused, height: refused }),
    ];
  });
  if (limit != null) {
    const y = 80 - (limit / top) * 76;
    bars.push(svg('line', { class: 'limit', x1: 0, x2: 300, y1: y, y2: y }));
  }
  const sum = (name) => shown.reduce((total, it) => total + it[name], 0);
  $('plot').setAttribute('aria-label', `${sum('used')} requests let through and ${sum('refused')} refused in the last ${shown.length} windows with requests`);
  $('plot').replaceChildren(...bars);
}

$('freeze').addEventListener('click', () => act('PUT', '/clock', frozen ? 'It runs.' : 'It is frozen.', { freeze: !frozen }));
for (const button of document.querySelectorAll('[data-advance]')) {
  button.addEventListener('click', () => act('PUT', '/clock', 'Advanced.', { advance_by: Number(button.dataset.advance) }));
}
$('rate-form').addEventListener('submit', (event) => {
  event.preventDefault();
  act('PUT', '/clock', 'The rate is set.', { rate: Number(event.target.elements.rate.value) });
});
$('quota-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const { value } = event.target.elements.limit;
  act('PUT', '/quota', 'The limit is set.', { limit: value === '' ? null : Number(value) });
});

// Snapshots

const snapshots = [];

function showSnapshots() {
  const rows = snapshots.map((snapshot, index) => {
    const url = URL.createObjectURL(new Blob([snapshot.text], { type: 'application/json' }));
    return el('tr', {}, el('td', {}, snapshot.name), el('td', {}, `${Math.ceil(snapshot.text.length / 1024)} KiB`),
      el('td', {},
        el('button', { type: 'button', onclick: () => act('PUT', '/snapshot', `${snapshot.name} is restored.`, snapshot.text) }, 'Restore'), ' ',
        el('a', { href: url, download: `snapshot-${index + 1}.json` }, 'Download')));
  });
  table($('snapshot-list'), ['Snapshot', 'Size', ''], rows, 'No snapshots taken.');
}

$('take-snapshot').addEventListener('click', () => attempt(async () => {
  const snapshot = await call('GET', '/snapshot');
  snapshots.push({ name: `${snapshots.length + 1}, taken ${new Date().toLocaleTimeString()}`, text: JSON.stringify(snapshot) });
  showSnapshots();
}, 'Taken.'));
$('snapshot-file').addEventListener('change', async (event) => {
  const [file] = event.target.files;
  if (file) await act('PUT', '/snapshot', `${file.name} is restored.`, await file.text());
  event.target.value = '';
});
$('reset').addEventListener('click', () => {
  if (confirm('Return to the start? Objects, faults and the journal are lost.')) act('POST', '/reset', 'The emulator is as it started.');
});

// Tabs and polling

const polls = { requests: pollRequests, webhooks: pollWebhooks, faults: pollFaults, clock: pollClock };
const tabs = [...document.querySelectorAll('[role=tab]')];
let view = '';

function show(name) {
  view = name;
  for (const tab of tabs) {
    const chosen = tab.id === `tab-${name}`;
    tab.setAttribute('aria-selected', String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    $(tab.getAttribute('aria-controls')).hidden = !chosen;
  }
}

function route() {
  const [, name, path] = /^#?([a-z]*)(\/.*)?$/.exec(decodeURI(location.hash)) ?? [];
  const known = tabs.some((tab) => tab.id === `tab-${name}`) ? name : 'requests';
  if (known !== view) {
    show(known);
    say('');
    if (known === 'workspace') loadObjects();
    if (known === 'snapshots') showSnapshots();
    refresh();
  }
  if (path) openPath(path);
}

tabs.forEach((tab, index) => {
  tab.addEventListener('click', () => { location.hash = tab.id.slice(4); });
  tab.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(index + step + tabs.length) % tabs.length];
    next.focus();
    location.hash = next.id.slice(4);
  });
});
addEventListener('hashchange', route);

async function refresh() {
  try {
    await polls[view]?.();
  } catch (error) {
    say(error.message === 'Failed to fetch' ? 'The emulator does not reply.' : error.message, true);
  }
}

async function start() {
  const health = await attempt(() => call('GET', '/health'));
  if (health) $('summary').textContent = `version ${health.version}, workspace ${health.workspace_id}`;
  const list = await attempt(() => call('GET', '/operations'));
  if (list) $('operations').append(...list.operations.map((it) => el('option', { value: it.name })));
}

$('token').value = token;
$('token-form').addEventListener('submit', (event) => {
  event.preventDefault();
  token = $('token').value.trim();
  sessionStorage.setItem('token', token);
  requests = [];
  last = 0;
  say('');
  showRequests();
  if (view === 'workspace') loadObjects();
  refresh();
});

showRequests();
route();
start();
setInterval(() => { if (!document.hidden) refresh(); }, 1000);

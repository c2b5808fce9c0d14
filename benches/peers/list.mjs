// Lists all contacts with the official Node SDK, and prints how many there are, the processor time in
// nanoseconds and the most resident memory in bytes.
import { IntercomClient } from "intercom-client";

const client = new IntercomClient({ token: "token", environment: `http://${process.argv[2]}` });
let count = 0;
for await (const contact of await client.contacts.list({ per_page: 150 })) {
  if (contact.id) count += 1;
}
const { user, system } = process.cpuUsage();
console.log(count, (user + system) * 1000, process.resourceUsage().maxRSS * 1024);

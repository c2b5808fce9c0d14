"""Lists all contacts with the official Python SDK, and prints how many there are, the processor time in
nanoseconds and the most resident memory in bytes."""

import resource
import sys

from intercom import Intercom

client = Intercom(token="token", base_url=f"http://{sys.argv[1]}")
count = sum(1 for contact in client.contacts.list(per_page=150) if contact.id)
used = resource.getrusage(resource.RUSAGE_SELF)
print(count, int((used.ru_utime + used.ru_stime) * 1e9), used.ru_maxrss * 1024)

/** What many clients cost one provider: a process of its own, with all clients in another. */
@NullMarked
package org.flowshield.bench.clients;

import org.jspecify.annotations.NullMarked;

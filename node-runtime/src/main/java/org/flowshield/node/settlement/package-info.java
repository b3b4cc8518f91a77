/**
 * Redeeming on chain what vouchers promise: when it is worth it, before it is too late, and never
 * twice; for a provider out of its ledger, for anybody else out of a copy of the last voucher.
 */
@NullMarked
package org.flowshield.node.settlement;

import org.jspecify.annotations.NullMarked;

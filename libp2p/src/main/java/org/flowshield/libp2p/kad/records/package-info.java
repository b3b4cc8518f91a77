/** What peers keep for others: values with their validators, and who provides what. */
@NullMarked
package org.flowshield.libp2p.kad.records;

import org.jspecify.annotations.NullMarked;

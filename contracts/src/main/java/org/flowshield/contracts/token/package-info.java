/** FLOW, the token that everything is paid in. */
@NullMarked
package org.flowshield.contracts.token;

import org.jspecify.annotations.NullMarked;

/** The demo: a lab, a provider, a client, and everything checked that a user would want to see. */
@NullMarked
package org.flowshield.node.demo;

import org.jspecify.annotations.NullMarked;

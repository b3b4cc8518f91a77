/** A forwarder of questions for names, which sessions ask at their gateway. */
@NullMarked
package org.flowshield.node.dns;

import org.jspecify.annotations.NullMarked;

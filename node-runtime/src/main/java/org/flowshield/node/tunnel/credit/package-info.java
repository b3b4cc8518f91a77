@NullMarked
package org.flowshield.node.tunnel.credit;

import org.jspecify.annotations.NullMarked;

/** How the values of the local API are written in JSON, on both ends of its socket. */
@NullMarked
package org.flowshield.node.api.json;

import org.jspecify.annotations.NullMarked;

/** What is to be changed on a system so that its traffic goes into a device, as values. */
@NullMarked
package org.flowshield.tun.plan;

import org.jspecify.annotations.NullMarked;

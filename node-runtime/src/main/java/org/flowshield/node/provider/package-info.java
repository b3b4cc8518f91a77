/** The role that lets others use this machine's way to the internet. */
@NullMarked
package org.flowshield.node.provider;

import org.jspecify.annotations.NullMarked;

/**
 * One thing that is signed: shown whole, agreed to once, and followed until it is known what came
 * of it.
 */
@NullMarked
package org.flowshield.app.transaction;

import org.jspecify.annotations.NullMarked;

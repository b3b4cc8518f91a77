/** Whether what is installed beside the program is sound, as far as Linux can tell. */
@NullMarked
package org.flowshield.installers;

import org.jspecify.annotations.NullMarked;

/**
 * What an operator decides: read from a file, the environment and the command line, checked as a
 * whole before anything starts.
 */
@NullMarked
package org.flowshield.node.config;

import org.jspecify.annotations.NullMarked;

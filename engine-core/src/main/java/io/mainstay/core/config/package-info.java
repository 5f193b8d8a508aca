/** Settings: each declared once with its default, its range and a sentence, and read once at start. */
@NullMarked
package io.mainstay.core.config;

import org.jspecify.annotations.NullMarked;

/** What may be installed beside the core: zstd for the payloads of log frames, and JSON for people. */
@NullMarked
package io.mainstay.codec;

import org.jspecify.annotations.NullMarked;

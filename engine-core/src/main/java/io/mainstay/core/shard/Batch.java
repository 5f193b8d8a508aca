package io.mainstay.core.shard;

import io.mainstay.core.log.Append;
import io.mainstay.core.shard.Submission.CommandSubmission;
import java.util.List;

/** Commands that were appended together and wait to be durable, in the order of their offsets. */
record Batch(Append append, long firstOffset, long timestampMicros, List<CommandSubmission> commands) {}

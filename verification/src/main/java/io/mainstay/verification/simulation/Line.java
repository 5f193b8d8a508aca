package io.mainstay.verification.simulation;

import io.mainstay.core.route.Homes;

/** What stands in the log beside a command: where, when, and where the aggregates live that are elsewhere. */
record Line(long offset, long nowMicros, Homes homes) {}

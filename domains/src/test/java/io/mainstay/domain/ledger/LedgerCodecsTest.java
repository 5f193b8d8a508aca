package io.mainstay.domain.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What stands in logs stays readable. */
final class LedgerCodecsTest {
    private static final TransferPosted POSTED = new TransferPosted(
            new UUID(1, 2),
            new UUID(3, 4),
            new UUID(5, 6),
            "EUR",
            1250,
            "Gr\u00fc\u00dfe",
            -1250,
            2,
            Long.MAX_VALUE,
            300);
    private static final String IDS = "0100000000000000" + "0200000000000000"
            + "0300000000000000" + "0400000000000000"
            + "0500000000000000" + "0600000000000000" + "03455552";

    @Test
    void transfersOfTheFirstTypeStayReadable() {
        String hex = "02" + IDS + "e204000000000000" + "074772c3bcc39f65" + "1efbffffffffffff" + "0200000000000000"
                + "ffffffffffffff7f" + "2c01000000000000";
        assertThat(LedgerCodecs.EVENTS.decode(new WireReader(HexFormat.of().parseHex(hex))))
                .isEqualTo(POSTED);
    }

    @Test
    void transfersAreWrittenAsEver() {
        String hex = "03" + IDS + "c413" + "074772c3bcc39f65" + "c313" + "02" + "feffffffffffffffff01" + "ac02";
        WireWriter out = new WireWriter(16);
        LedgerCodecs.EVENTS.encode(POSTED, out);
        assertThat(HexFormat.of().formatHex(out.toByteArray())).isEqualTo(hex);
        assertThat(LedgerCodecs.EVENTS.decode(new WireReader(out.toByteArray())))
                .isEqualTo(POSTED);
    }
}

package io.mainstay.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StatusReportTest {

    private static final PartStatus DATABASE = PartStatus.absent("postgresql", PartStatus.State.EXTERNAL);

    @Test
    void isUpWhenEveryPartRunsOrIsSomebodyElses() {
        assertThat(new StatusReport(List.of(DATABASE, server(PartStatus.State.RUNNING))).isUp())
                .isTrue();
        assertThat(new StatusReport(List.of(DATABASE, server(PartStatus.State.STARTING))).isUp())
                .isFalse();
    }

    @Test
    void writesJson() {
        StatusReport report = new StatusReport(List.of(DATABASE, server(PartStatus.State.RUNNING)));

        assertThat(report.json()).isEqualTo("""
                        {"up":true,"parts":[{"name":"postgresql","state":"external","pid":null,"port":null},\
                        {"name":"server","state":"running","pid":7,"port":9080}]}""");
    }

    private static PartStatus server(PartStatus.State state) {
        return new PartStatus("server", state, OptionalLong.of(7), OptionalInt.of(9080));
    }
}

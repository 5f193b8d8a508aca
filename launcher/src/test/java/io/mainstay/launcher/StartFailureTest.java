package io.mainstay.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines as the server wrote them, shortened in their middle. */
final class StartFailureTest {
    private static final String CWOWB =
            "[11/21/26, 5:36:47:972 UTC] 00000038 com.ibm.ws.cdi.ejb.impl E CWOWB2001E: A POST_CONSTRUCT lifecycle"
                    + " inteceptor threw an exception: java.lang.IllegalArgumentException: mainstay.mailbox.capacity"
                    + " is '1' (out of range); 16 to 65536 wanted";
    private static final String CAUSE = "Caused by: java.lang.IllegalArgumentException: out of range";
    private static final String CWWKZ =
            "[11/21/26, 5:36:48:178 UTC] 00000038 com.ibm.ws.app.manager E CWWKZ0002E: An exception occurred while"
                    + " starting the application mainstay. The exception message was: RuntimeWarning: CNTR0201E: The"
                    + " EngineHost startup singleton session bean in the ejb-engine.jar module failed initialization.";
    private static final String OTHER = "[11/21/26, 5:36:48:201 UTC] 0000002e com.ibm.ws.tcpchannel I CWWKO0219I: up";

    @Test
    void namesTheSettingThatWasRefused() {
        assertThat(StartFailure.in(List.of(OTHER, CWOWB, "\tat io.mainstay.X", CAUSE, CWWKZ, OTHER)))
                .hasValue("mainstay.mailbox.capacity is '1' (out of range); 16 to 65536 wanted");
    }

    @Test
    void namesTheDeepestCauseOfAnythingElse() {
        assertThat(StartFailure.in(List.of(
                        OTHER, CWWKZ, "\tat x", "Caused by: A: first", "\tat y", "Caused by: B: second", OTHER, CAUSE)))
                .hasValue("Caused by: B: second");
        assertThat(StartFailure.in(List.of(CWWKZ, OTHER))).hasValue(CWWKZ);
    }

    @Test
    void saysNothingOfAnApplicationThatStarts() {
        assertThat(StartFailure.in(List.of(OTHER, CWOWB, CAUSE))).isEmpty();
        assertThat(StartFailure.in(List.of())).isEmpty();
    }
}
